package dev.assay.cli;

import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Shows what came of a call: the answer on standard output, everything about it beside. */
final class ReplyReport {
  private final Terminal terminal;
  private final boolean json;

  ReplyReport(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** Shows a reply and says with which exit code the command ends. */
  int show(Reply reply, AnswerPrinter printer) {
    if (json) {
      terminal.out().line(Json.text(document(reply)));
    }
    int code =
        switch (reply.outcome()) {
          case Answer answer -> {
            if (!json) {
              printer.finish(answer.parts());
            }
            yield Cli.DONE;
          }
          case Failure failure -> {
            printer.endLine();
            explain(failure);
            yield Cli.FAILED;
          }
        };
    return aside(reply, code);
  }

  /** Shows on standard error what there is to know beside an answer; gives the exit code back. */
  int aside(Reply reply, int code) {
    reply.warning().ifPresent(warning -> terminal.err().line(Ink.YELLOW, "assay: " + warning));
    if (!json) {
      terminal.err().line(Ink.DIM, footnote(reply));
    }
    return code;
  }

  /** Says why there is no answer. */
  void explain(Failure failure) {
    // When nobody reads the answer any more, nobody needs to hear why it ended.
    if (failure.status() == CallStatus.CANCELLED && !terminal.out().open()) {
      return;
    }
    terminal.err().line(Ink.RED, "assay: " + failure.code().text() + ": " + failure.message());
  }

  private static String footnote(Reply reply) {
    Details details = reply.outcome().details();
    List<String> facts = new ArrayList<>();
    if (details.simulated()) {
      facts.add("simulated");
    }
    facts.add(CallText.model(details.provider(), details.model()));
    facts.add(Figures.tokens(reply.usage()));
    facts.add(Figures.cost(reply.cost()));
    facts.add(Figures.span(details.timings().latency()));
    if (reply.attempts() > 1) {
      facts.add(reply.attempts() + " attempts");
    }
    reply.callId().ifPresent(id -> facts.add("call " + id));
    return String.join(" | ", facts);
  }

  private static Map<String, Object> document(Reply reply) {
    Map<String, Object> members = new LinkedHashMap<>();
    putCall(members, reply);
    members.put("text", text(reply));
    members.put("finish_reason", finish(reply).map(FinishReason::text));
    putUse(members, reply);
    return members;
  }

  /** What there is to say of any call. */
  static Map<String, Object> facts(Reply reply) {
    Map<String, Object> members = new LinkedHashMap<>();
    putCall(members, reply);
    putUse(members, reply);
    return members;
  }

  private static void putCall(Map<String, Object> members, Reply reply) {
    Details details = reply.outcome().details();
    members.put("call_id", reply.callId().map(UUID::toString));
    members.put("status", reply.outcome().status().text());
    members.put("provider", details.provider());
    members.put("model", details.model());
    members.put("simulated", details.simulated());
  }

  private static void putUse(Map<String, Object> members, Reply reply) {
    members.put("tokens", tokens(reply.usage()));
    members.put("cost_usd", reply.cost().money().map(Money::dollars));
    members.put("cost_basis", basis(reply.cost()));
    members.put("latency_ms", reply.outcome().details().timings().latency().toMillis());
    members.put("attempts", reply.attempts());
    members.put("error", error(reply));
    members.put("warnings", warnings(reply));
  }

  private static String basis(Cost cost) {
    return switch (cost) {
      case Cost.Known known -> "known";
      case Cost.Estimated estimated -> "estimated";
      case Cost.Unknown unknown -> "unknown";
    };
  }

  private static String text(Reply reply) {
    return switch (reply.outcome()) {
      case Answer answer -> answer.text();
      case Failure failure -> Part.text(failure.partial());
    };
  }

  private static Optional<FinishReason> finish(Reply reply) {
    return switch (reply.outcome()) {
      case Answer answer -> Optional.of(answer.finish());
      case Failure failure -> Optional.empty();
    };
  }

  private static Map<String, Object> tokens(Usage usage) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("input", usage.input());
    members.put("cache_read", usage.cacheRead());
    members.put("cache_write_5m", usage.cacheWrite5m());
    members.put("cache_write_1h", usage.cacheWrite1h());
    members.put("output", usage.output());
    members.put("reasoning", usage.reasoning());
    members.put("total", usage.total());
    members.put("provenance", usage.provenance().name().toLowerCase(Locale.ROOT));
    return members;
  }

  private static Optional<Map<String, Object>> error(Reply reply) {
    return switch (reply.outcome()) {
      case Answer answer -> Optional.empty();
      case Failure failure -> {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", failure.code().text());
        members.put("blame", failure.blame().text());
        members.put("message", failure.message());
        yield Optional.of(members);
      }
    };
  }

  private static List<String> warnings(Reply reply) {
    List<String> warnings = new ArrayList<>(reply.outcome().details().warnings());
    reply.warning().ifPresent(warnings::add);
    return warnings;
  }
}
