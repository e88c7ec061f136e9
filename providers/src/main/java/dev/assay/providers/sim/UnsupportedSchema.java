package dev.assay.providers.sim;

/** A schema for which the simulator makes no value; caught where the schema came in. */
final class UnsupportedSchema extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String problem;

  /**
   * Says why.
   *
   * @param path the place in the schema, such as {@code .properties.name}
   * @param why what is the matter there, to follow the place
   */
  UnsupportedSchema(String path, String why) {
    super(why, null, false, false);
    problem = "the schema" + (path.isEmpty() ? "" : " at " + path) + " " + why;
  }

  /** What is the matter, and where. */
  String problem() {
    return problem;
  }
}
