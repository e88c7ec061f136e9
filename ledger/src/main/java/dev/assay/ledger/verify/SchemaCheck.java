package dev.assay.ledger.verify;

import dev.assay.ledger.file.SchemaObjects;
import dev.assay.ledger.file.SchemaObjects.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the tables, indexes, views and triggers of a ledger with those of a new one. */
final class SchemaCheck {
  private static final String REMEDY =
      "make it again as the migrations of this version do, or restore a copy of the ledger";

  private SchemaCheck() {}

  /** What is missing, what differs and what is there too much, in the order of the names. */
  static List<Flaw> flaws(SchemaObjects found) {
    Map<String, SchemaObject> expected = SchemaObjects.ofNewLedger().byName();
    Map<String, SchemaObject> all = new TreeMap<>(expected);
    all.putAll(found.byName());
    List<Flaw> flaws = new ArrayList<>();
    all.forEach((name, object) -> {
      SchemaObject should = expected.get(name);
      if (!found.byName().containsKey(name)) {
        flaws.add(flaw(object, "is missing; " + REMEDY));
      } else if (should == null) {
        flaws.add(
            flaw(
                object,
                "does not belong to a ledger; find out what made it, then drop it with DROP "
                    + object.type().toUpperCase(Locale.ROOT)
                    + " "
                    + name));
      } else if (!should.equals(object)) {
        flaws.add(flaw(object, "is not as this version makes it; " + REMEDY));
      }
    });
    return flaws;
  }

  private static Flaw flaw(SchemaObject object, String what) {
    String of = object.table().equals(object.name()) ? "" : " of " + object.table();
    return new Flaw(
        FlawKind.CHANGED_SCHEMA,
        "",
        0,
        Optional.empty(),
        "The " + object.type() + " " + object.name() + of + " " + what);
  }
}
