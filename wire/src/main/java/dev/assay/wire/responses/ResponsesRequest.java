package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a request that came by Responses says beside what all requests say. */
public final class ResponsesRequest {
  private static final String ID = "resp_assay_";
  private static final int ID_DIGITS = 32;
  private static final Bytes FALSE = Bytes.utf8("false");

  private ResponsesRequest() {}

  /** The response that it goes on from; absent when it did not come by Responses. */
  public static Optional<String> previous(ChatRequest request) {
    return value(request, "previous_response_id").flatMap(ResponsesRequest::string);
  }

  /** Whether the response may be asked for later; true when the request does not say. */
  public static boolean store(ChatRequest request) {
    return value(request, "store").filter(FALSE::equals).isEmpty();
  }

  /** Whether it came by Responses and its first message is its {@code instructions}. */
  public static boolean instructed(ChatRequest request) {
    return value(request, "instructions").flatMap(ResponsesRequest::string).isPresent();
  }

  /** A member's value as it came; absent when it did not come by Responses. */
  static Optional<Bytes> value(ChatRequest request, String name) {
    return request
        .wire()
        .filter(wire -> wire.format() == WireFormat.OPENAI_RESPONSES)
        .flatMap(wire ->
            Optional.ofNullable(wire.members().get(name))
                .map(member -> wire.body().slice(member.value().start(), member.value().end())));
  }

  private static Optional<String> string(Bytes json) {
    try (JsonParser parser = Json.parser(json)) {
      return parser.nextToken() == JsonToken.VALUE_STRING
          ? Optional.of(parser.getString())
          : Optional.empty();
    }
  }

  /** The identifier of the response of a call. */
  public static String responseId(UUID callId) {
    return ID + callId.toString().replace("-", "");
  }

  /** The call whose response has an identifier; empty when it was not made here. */
  public static Optional<UUID> callId(String responseId) {
    String digits = responseId.startsWith(ID) ? responseId.substring(ID.length()) : "";
    if (digits.length() != ID_DIGITS || !digits.chars().allMatch(ResponsesRequest::isHex)) {
      return Optional.empty();
    }
    return Optional.of(
        new UUID(
            Long.parseUnsignedLong(digits.substring(0, ID_DIGITS / 2), 16),
            Long.parseUnsignedLong(digits.substring(ID_DIGITS / 2), 16)));
  }

  private static boolean isHex(int character) {
    return Character.digit(character, 16) >= 0 && character < 128;
  }

  /** Whether a response was made here, so that no provider knows it. */
  public static boolean madeHere(String responseId) {
    return responseId.startsWith(ID);
  }

  /**
   * The request with what was said before it: the earlier conversation without its instructions,
   * the answer to it, then its own messages. Its instructions stay in front of all.
   *
   * @param request a request that names a previous response
   * @param earlier the request of that response, with what was said before it
   * @param answer what that response said
   */
  public static ChatRequest continuing(
      ChatRequest request, ChatRequest earlier, List<Part> answer) {
    int own = instructed(request) ? 1 : 0;
    List<Message> messages = new ArrayList<>(request.messages().subList(0, own));
    messages.addAll(
        earlier.messages().subList(instructed(earlier) ? 1 : 0, earlier.messages().size()));
    if (!answer.isEmpty()) {
      messages.add(new Message(Role.ASSISTANT, answer, Optional.empty()));
    }
    messages.addAll(request.messages().subList(own, request.messages().size()));
    return new ChatRequest(
        request.model(),
        messages,
        request.sampling(),
        request.tools(),
        request.format(),
        request.reasoning(),
        request.streaming(),
        request.wire());
  }
}
