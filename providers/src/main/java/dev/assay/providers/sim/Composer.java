package dev.assay.providers.sim;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import java.util.List;
import java.util.Optional;

/** Decides what a simulated model says to a request. Thread-safe. */
final class Composer {
  // A tool that describes no arguments takes none.
  private static final Bytes NO_ARGUMENTS = Bytes.utf8("{\"type\":\"object\",\"properties\":{}}");

  private final List<SimRule> rules;

  Composer(List<SimRule> rules) {
    this.rules = rules;
  }

  /** What came of it. */
  sealed interface Composed {
    /** Something to say. */
    record Said(Speech speech) implements Composed {}

    /** The request asks for what the simulator cannot do. */
    record Rejected(String field, String why) implements Composed {}
  }

  /**
   * What a model says, within the limits of the request: a call of the forced tool; else the answer
   * of the first rule that matches; else JSON for the schema; else prose, or the echo.
   */
  Composed compose(SimModel model, ChatRequest request, Draw draw) {
    Sampling sampling = request.sampling();
    if (sampling.choices().orElse(1) != 1) {
      return new Composed.Rejected("n", "the simulator gives one answer only");
    }
    if (model.length().isEmpty()) {
      return said(Speech.words(Prompt.question(request)), sampling);
    }
    Optional<ToolChoice> choice = request.tools().choice();
    if (choice.isPresent()) {
      switch (choice.get()) {
        case ToolChoice.Named(var name) -> {
          return call(name, request, draw);
        }
        case ToolChoice.Required() -> {
          return call("", request, draw);
        }
        case ToolChoice.Auto(), ToolChoice.Forbidden() -> {}
      }
    }
    return text(model, request, draw);
  }

  private Composed call(String name, ChatRequest request, Draw draw) {
    Optional<Tool> tool =
        request.tools().tools().stream()
            .filter(each -> name.isEmpty() || each.name().equals(name))
            .findFirst();
    if (tool.isEmpty()) {
      return new Composed.Rejected("tool_choice", "no such tool is among the tools");
    }
    try {
      Bytes arguments = SchemaValue.of(tool.get().parameters().orElse(NO_ARGUMENTS), draw);
      Speech.Kind call = new Speech.Kind.Call("call_" + draw.hex(24), tool.get().name());
      return said(new Speech(call, arguments.utf8(), FinishReason.TOOL_CALLS), request.sampling());
    } catch (UnsupportedSchema unsupported) {
      return new Composed.Rejected("tools", unsupported.problem());
    }
  }

  private Composed text(SimModel model, ChatRequest request, Draw draw) {
    String question = Prompt.question(request);
    for (SimRule rule : rules) {
      Optional<String> answer = rule.answer(question);
      if (answer.isPresent()) {
        return said(Speech.words(answer.get()), request.sampling());
      }
    }
    return switch (request.format()) {
      case ResponseFormat.Text() ->
          said(Speech.words(prose(model, request.sampling(), draw)), request.sampling());
      case ResponseFormat.JsonObject() ->
          said(Speech.words("{\"answer\":\"" + Prose.words(6, draw) + "\"}"), request.sampling());
      case ResponseFormat.JsonSchema schema -> json(schema, request.sampling(), draw);
    };
  }

  private static Composed json(ResponseFormat.JsonSchema format, Sampling sampling, Draw draw) {
    try {
      return said(Speech.words(SchemaValue.of(format.schema(), draw).utf8()), sampling);
    } catch (UnsupportedSchema unsupported) {
      return new Composed.Rejected("response_format.json_schema", unsupported.problem());
    }
  }

  private static String prose(SimModel model, Sampling sampling, Draw draw) {
    SimModel.Length length = model.length().orElseThrow();
    long drawn = Math.round(draw.lognormal(length.median(), length.sigma()));
    long most = Math.min(length.most(), sampling.maxOutputTokens().orElse(Long.MAX_VALUE));
    return Prose.about((int) Math.min(drawn, most), draw);
  }

  private static Composed said(Speech speech, Sampling sampling) {
    Speech stopped = speech.stoppedAt(sampling.stop());
    return new Composed.Said(
        stopped.cutTo(Math.max(1, sampling.maxOutputTokens().orElse(Long.MAX_VALUE))));
  }
}
