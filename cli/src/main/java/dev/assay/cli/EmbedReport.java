package dev.assay.cli;

import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.outcome.Failure;
import dev.assay.core.request.Part;
import dev.assay.core.vector.Vector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Shows vectors: a row for each text, or all numbers as JSON. */
final class EmbedReport {
  private static final int SHOWN_NUMBERS = 4;
  private static final int SHOWN_TEXT = 40;

  private final Terminal terminal;
  private final boolean json;

  EmbedReport(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** Shows a reply and says with which exit code the command ends. */
  int show(Reply reply, List<String> texts) {
    List<Vector> vectors = vectors(reply);
    if (json) {
      terminal.out().line(Json.text(document(reply, vectors, texts)));
    } else if (!vectors.isEmpty()) {
      table(reply, vectors, texts).print(terminal.out());
    }
    ReplyReport report = new ReplyReport(terminal, json);
    return switch (reply.outcome()) {
      case Answer _ -> report.aside(reply, Cli.DONE);
      case Failure failure -> {
        report.explain(failure);
        yield report.aside(reply, Cli.FAILED);
      }
    };
  }

  private static List<Vector> vectors(Reply reply) {
    List<Vector> vectors = new ArrayList<>();
    if (reply.outcome() instanceof Answer answer) {
      for (Part part : answer.parts()) {
        if (part instanceof Part.Embedding(Vector vector)) {
          vectors.add(vector);
        }
      }
    }
    return vectors;
  }

  private static Optional<Boolean> cached(Reply reply, int place) {
    return reply
        .outcome()
        .details()
        .embedding()
        .map(EmbeddingReport::cached)
        .filter(flags -> place < flags.size())
        .map(flags -> flags.get(place));
  }

  private static Table table(Reply reply, List<Vector> vectors, List<String> texts) {
    Table table =
        new Table(
            Table.left("TEXT"),
            Table.right("DIMENSION"),
            Table.right("NORM"),
            Table.left("CACHED"),
            Table.left("FIRST NUMBERS"));
    for (int i = 0; i < vectors.size(); i++) {
      Vector vector = vectors.get(i);
      table.row(
          shortened(texts.get(i)),
          String.valueOf(vector.dimension()),
          String.format(Locale.ROOT, "%.4f", vector.norm()),
          cached(reply, i).map(hit -> hit ? "yes" : "no").orElse("?"),
          first(vector));
    }
    return table;
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN_TEXT - 1)) + "…";
  }

  private static String first(Vector vector) {
    StringBuilder numbers = new StringBuilder();
    int shown = Math.min(SHOWN_NUMBERS, vector.dimension());
    for (int i = 0; i < shown; i++) {
      numbers.append(String.format(Locale.ROOT, "%s%.4f", i == 0 ? "" : " ", vector.at(i)));
    }
    return numbers + (vector.dimension() > shown ? " …" : "");
  }

  private static Map<String, Object> document(
      Reply reply, List<Vector> vectors, List<String> texts) {
    Map<String, Object> members = ReplyReport.facts(reply);
    members.put(
        "request_hash",
        reply
            .outcome()
            .details()
            .embedding()
            .map(report -> HexFormat.of().formatHex(report.requestHash().toArray())));
    List<Object> embeddings = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      Vector vector = vectors.get(i);
      Map<String, Object> embedding = new LinkedHashMap<>();
      embedding.put("index", i);
      embedding.put("text", texts.get(i));
      embedding.put("dimension", vector.dimension());
      embedding.put("norm", BigDecimal.valueOf(vector.norm()));
      embedding.put("cached", cached(reply, i));
      embedding.put("vector", numbers(vector));
      embeddings.add(embedding);
    }
    members.put("embeddings", embeddings);
    return members;
  }

  // As many digits as it takes to read the same float again.
  private static List<Object> numbers(Vector vector) {
    List<Object> numbers = new ArrayList<>(vector.dimension());
    for (int i = 0; i < vector.dimension(); i++) {
      numbers.add(new BigDecimal(Float.toString(vector.at(i))));
    }
    return numbers;
  }
}
