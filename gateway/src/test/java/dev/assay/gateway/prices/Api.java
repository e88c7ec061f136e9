package dev.assay.gateway.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.usage.Usage;
import dev.assay.wire.anthropic.MessagesUpstream;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.format.UpstreamFormat;
import dev.assay.wire.gemini.GeminiUpstream;
import dev.assay.wire.openai.ChatUpstream;
import dev.assay.wire.responses.ResponsesUpstream;
import java.util.List;

/** How an API puts a usage into an answer, and into a stream. */
enum Api {
  CHAT {
    @Override
    UpstreamFormat format() {
      return ChatUpstream.FORMAT;
    }

    @Override
    String answer(String usage) {
      return """
      {"id":"c","model":"m","choices":[{"index":0,"finish_reason":"stop",
      "message":{"role":"assistant","content":"Hi"}}],"usage":%s}\
      """
          .formatted(usage);
    }

    @Override
    List<String> stream(String usage) {
      return List.of(
          "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}],\"usage\":null}",
          "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}",
          "{\"choices\":[],\"usage\":" + usage + "}",
          "[DONE]");
    }
  },
  RESPONSES {
    @Override
    UpstreamFormat format() {
      return ResponsesUpstream.FORMAT;
    }

    @Override
    String answer(String usage) {
      return """
      {"id":"resp_1","object":"response","status":"completed","model":"m",
      "output":[{"id":"msg_1","type":"message","role":"assistant","status":"completed",
      "content":[{"type":"output_text","text":"Hi","annotations":[]}]}],"usage":%s}\
      """
          .formatted(usage);
    }

    @Override
    List<String> stream(String usage) {
      return List.of(
          """
          {"type":"response.created","response":{"id":"resp_1","status":"in_progress",
          "model":"m","output":[],"usage":null}}\
          """,
          """
          {"type":"response.output_item.added","output_index":0,
          "item":{"id":"msg_1","type":"message","content":[]}}\
          """,
          """
          {"type":"response.output_text.delta","item_id":"msg_1","output_index":0,
          "content_index":0,"delta":"Hi"}\
          """,
          "{\"type\":\"response.completed\",\"response\":" + answer(usage) + "}");
    }
  },
  MESSAGES {
    @Override
    UpstreamFormat format() {
      return MessagesUpstream.FORMAT;
    }

    @Override
    String answer(String usage) {
      return """
      {"id":"msg_1","type":"message","role":"assistant","model":"m",
      "content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","usage":%s}\
      """
          .formatted(usage);
    }

    @Override
    List<String> stream(String usage) {
      return List.of(
          """
          {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",
          "model":"m","content":[],"usage":%s}}\
          """
              .formatted(usage.replaceFirst("\"output_tokens\":\\d+", "\"output_tokens\":1")),
          """
          {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\
          """,
          """
          {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}\
          """,
          "{\"type\":\"content_block_stop\",\"index\":0}",
          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{"
              + usage.replaceFirst(".*(\"output_tokens\":\\d+).*", "$1")
              + "}}",
          "{\"type\":\"message_stop\"}");
    }
  },
  GEMINI {
    @Override
    UpstreamFormat format() {
      return GeminiUpstream.FORMAT;
    }

    @Override
    String answer(String usage) {
      return """
      {"candidates":[{"content":{"role":"model","parts":[{"text":"Hi"}]},
      "finishReason":"STOP","index":0}],"usageMetadata":%s,"modelVersion":"m"}\
      """
          .formatted(usage);
    }

    @Override
    List<String> stream(String usage) {
      return List.of(
          """
          {"candidates":[{"content":{"role":"model","parts":[{"text":"H"}]},"index":0}],
          "usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2}}\
          """,
          answer(usage));
    }
  };

  abstract UpstreamFormat format();

  abstract String answer(String usage);

  abstract List<String> stream(String usage);

  Usage inOnePiece(String usage) {
    return ((AnswerRead.Completion) format().answer(Bytes.utf8(answer(usage)))).usage();
  }

  Usage streamed(String usage) {
    EventReader reader = format().events();
    stream(usage).forEach(event -> reader.read(Bytes.utf8(event)));
    assertThat(reader.finished()).isTrue();
    return reader.usage();
  }
}
