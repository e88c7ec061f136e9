package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a conversation: {@code systemInstruction} and {@code contents}, where neighbours of one
 * role are one content. For one thread.
 */
final class ContentWriter {
  // Google's word for a call that no Gemini model made, which has no signature.
  private static final String UNSIGNED = "skip_thought_signature_validator";

  private final JsonGenerator json;
  private final boolean signedCalls;
  private final Map<String, String> functions = new HashMap<>();
  private @Nullable String role;
  private @Nullable Signature signature;
  private boolean called;

  /**
   * A writer.
   *
   * @param signedCalls whether the model wants its tool calls signed
   */
  ContentWriter(JsonGenerator json, boolean signedCalls) {
    this.json = json;
    this.signedCalls = signedCalls;
  }

  /** Writes the members. */
  void write(List<Message> messages) {
    // There must be something that is not an instruction.
    boolean onlySystem = messages.stream().allMatch(message -> message.role() == Role.SYSTEM);
    if (!onlySystem) {
      writeSystem(messages);
    }
    json.writeArrayPropertyStart("contents");
    for (Message message : messages) {
      if ((onlySystem || message.role() != Role.SYSTEM) && says(message)) {
        begin(message.role() == Role.ASSISTANT ? "model" : "user");
        message.parts().forEach(this::writePart);
      }
    }
    end();
    json.writeEndArray();
  }

  /** Whether anything of a message can be said here: a content without parts is refused. */
  private static boolean says(Message message) {
    return message.parts().stream()
        .anyMatch(part ->
            switch (part) {
              case Part.Reasoning(var _, var signature) ->
                  signature.filter(each -> each.format() == WireFormat.GEMINI).isPresent();
              case Part.Opaque(var format, var _) -> format == WireFormat.GEMINI;
              case Part.CachePoint _, Part.Logprobs _, Part.Embedding _, Part.TokenCount _ -> false;
              case Part.Text _,
                  Part.Refusal _,
                  Part.ImageUrl _,
                  Part.ImageData _,
                  Part.DocumentUrl _,
                  Part.DocumentData _,
                  Part.ToolCall _,
                  Part.ToolResult _ ->
                  true;
            });
  }

  private void writeSystem(List<Message> messages) {
    boolean any = false;
    for (Message message : messages) {
      if (message.role() == Role.SYSTEM) {
        if (!any) {
          json.writeObjectPropertyStart("systemInstruction");
          json.writeArrayPropertyStart("parts");
          any = true;
        }
        message.parts().forEach(this::writePart);
      }
    }
    if (any) {
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void begin(String next) {
    if (next.equals(role)) {
      return;
    }
    end();
    role = next;
    called = false;
    json.writeStartObject();
    json.writeStringProperty("role", next);
    json.writeArrayPropertyStart("parts");
  }

  private void end() {
    if (role != null) {
      flushSignature();
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void writePart(Part part) {
    switch (part) {
      case Part.Text(String text) -> writeText(text);
      case Part.Refusal(String text) -> writeText(text);
      case Part.Reasoning reasoning -> writeReasoning(reasoning);
      case Part.ImageData image -> writeData(image.mediaType(), image.base64());
      case Part.DocumentData document -> writeData(document.mediaType(), document.base64());
      case Part.ImageUrl image -> writeFile(image.url(), MediaTypes.of(image.url(), "image/jpeg"));
      case Part.DocumentUrl document ->
          writeFile(document.url(), MediaTypes.of(document.url(), "application/pdf"));
      case Part.ToolCall call -> writeCall(call);
      case Part.ToolResult result -> writeResult(result);
      case Part.Opaque opaque when opaque.format() == WireFormat.GEMINI ->
          Json.writeRaw(json, opaque.json());
      case Part.Opaque opaque -> {}
      case Part.CachePoint point -> {}
      case Part.Logprobs logprobs -> {}
      case Part.Embedding embedding -> {}
      case Part.TokenCount count -> {}
    }
  }

  private void writeText(String text) {
    json.writeStartObject();
    json.writeStringProperty("text", text);
    writeSignature();
    json.writeEndObject();
  }

  // Reasoning that no Gemini model signed is not taken back.
  private void writeReasoning(Part.Reasoning reasoning) {
    Signature own =
        reasoning.signature().filter(each -> each.format() == WireFormat.GEMINI).orElse(null);
    if (own == null) {
      return;
    }
    flushSignature();
    if (!reasoning.text().isEmpty()) {
      json.writeStartObject();
      json.writeStringProperty("text", reasoning.text());
      json.writeBooleanProperty("thought", true);
      json.writeEndObject();
    }
    signature = own;
  }

  /** A signature belongs to the part behind it; behind the last part it stands with no text. */
  private void flushSignature() {
    if (signature != null) {
      writeText("");
    }
  }

  private void writeSignature() {
    if (signature != null) {
      json.writeStringProperty("thoughtSignature", signature.value());
      signature = null;
    }
  }

  private void writeData(String mediaType, String base64) {
    json.writeStartObject();
    json.writeObjectPropertyStart("inlineData");
    json.writeStringProperty("mimeType", mediaType);
    json.writeStringProperty("data", base64);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void writeFile(String url, String mediaType) {
    json.writeStartObject();
    json.writeObjectPropertyStart("fileData");
    json.writeStringProperty("mimeType", mediaType);
    json.writeStringProperty("fileUri", url);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void writeCall(Part.ToolCall call) {
    functions.put(call.id(), call.name());
    json.writeStartObject();
    json.writeObjectPropertyStart("functionCall");
    json.writeStringProperty("id", call.id());
    json.writeStringProperty("name", call.name());
    writeArguments(call.arguments());
    json.writeEndObject();
    // Of calls that were made at once only the first is signed.
    if (signature == null && signedCalls && !called) {
      json.writeStringProperty("thoughtSignature", UNSIGNED);
    }
    called = true;
    writeSignature();
    json.writeEndObject();
  }

  // They must be an object, and a model's own words need not be one.
  private void writeArguments(String arguments) {
    Bytes said = Bytes.utf8(arguments);
    if (CompactJson.isObject(said)) {
      json.writeName("args");
      Json.writeRaw(json, said);
      return;
    }
    json.writeObjectPropertyStart("args");
    if (!arguments.isBlank()) {
      json.writeStringProperty("arguments", arguments);
    }
    json.writeEndObject();
  }

  private void writeResult(Part.ToolResult result) {
    json.writeStartObject();
    json.writeObjectPropertyStart("functionResponse");
    json.writeStringProperty("id", result.callId());
    json.writeStringProperty("name", functions.getOrDefault(result.callId(), result.callId()));
    json.writeObjectPropertyStart("response");
    json.writeStringProperty(result.failed() ? "error" : "output", Part.text(result.parts()));
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}
