package dev.assay.ledger.verify;

import dev.assay.ledger.file.SchemaObjects;
import dev.assay.ledger.file.SchemaObjects.SchemaName;
import dev.assay.ledger.file.SchemaObjects.SchemaObject;
import java.util.ArrayList;
import java.util.Comparator;
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
    Map<SchemaName, SchemaObject> expected = SchemaObjects.ofNewLedger().all();
    Map<SchemaName, SchemaObject> all =
        new TreeMap<>(Comparator.comparing(SchemaName::name).thenComparing(SchemaName::type));
    all.putAll(expected);
    all.putAll(found.all());
    List<Flaw> flaws = new ArrayList<>();
    all.forEach((name, object) -> {
      SchemaObject should = expected.get(name);
      if (!found.all().containsKey(name)) {
        flaws.add(flaw(object, "is missing; " + REMEDY));
      } else if (should == null) {
        flaws.add(
            flaw(
                object,
                "does not belong to a ledger; find out what made it, then drop it with DROP "
                    + name.type().toUpperCase(Locale.ROOT)
                    + " "
                    + name.name()));
      } else if (!should.equals(object)) {
        flaws.add(flaw(object, "is not as this version makes it; " + REMEDY));
      }
    });
    return flaws;
  }

  private static Flaw flaw(SchemaObject object, String what) {
    SchemaName name = object.name();
    return new Flaw(
        FlawKind.CHANGED_SCHEMA,
        "",
        0,
        Optional.empty(),
        "The " + name.type() + " " + name.name() + of(object) + " " + what);
  }

  private static String of(SchemaObject object) {
    return switch (object.name().type()) {
      case "trigger", "index" -> " of " + object.table();
      default -> "";
    };
  }
}
