package dev.assay.providers.sim;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import java.util.List;
import java.util.Optional;

/** Requests for the tests of the simulator. */
final class Requests {
  private Requests() {}

  static ChatRequest streamed(ChatRequest request) {
    return request.withStreaming(Streaming.EVENTS);
  }

  static ChatRequest sampled(
      ChatRequest request, Optional<Long> maxOutputTokens, List<String> stop) {
    Sampling sampling =
        new Sampling(
            Optional.empty(),
            Optional.empty(),
            maxOutputTokens,
            stop,
            Optional.empty(),
            Optional.empty());
    return with(request, sampling, request.tools(), request.format());
  }

  static ChatRequest choices(ChatRequest request, int choices) {
    Sampling sampling =
        new Sampling(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(choices));
    return with(request, sampling, request.tools(), request.format());
  }

  static ChatRequest formatted(ChatRequest request, ResponseFormat format) {
    return with(request, request.sampling(), request.tools(), format);
  }

  static ChatRequest json(ChatRequest request, String schema) {
    return formatted(
        request, new ResponseFormat.JsonSchema("made", Bytes.utf8(schema), Optional.of(true)));
  }

  static ChatRequest tools(ChatRequest request, ToolChoice choice, Tool... tools) {
    Tools all = new Tools(List.of(tools), Optional.of(choice), Optional.empty());
    return with(request, request.sampling(), all, request.format());
  }

  static Tool tool(String name, String parameters) {
    return new Tool(name, Optional.empty(), Optional.of(Bytes.utf8(parameters)), Optional.empty());
  }

  private static ChatRequest with(
      ChatRequest request, Sampling sampling, Tools tools, ResponseFormat format) {
    return new ChatRequest(
        request.model(),
        request.messages(),
        sampling,
        tools,
        format,
        ReasoningSetting.DEFAULT,
        request.streaming(),
        Optional.empty());
  }
}
