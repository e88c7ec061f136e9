package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.RequestBody;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.MemberReader;
import dev.assay.wire.json.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the bodies of {@code POST /v1/messages} and {@code POST /v1/messages/count_tokens} in one
 * pass: checks them, notes where their members stand, and builds the canonical request.
 *
 * <p>{@code system} becomes a system message before the others; {@code cache_control} at the top
 * becomes a cache point behind the last part, which is what it means. Members that have no
 * canonical form are noted as unread. A member that is {@code null} counts as absent.
 */
public final class MessagesRequestReader {
  private final Bytes body;
  private final MemberReader members;
  private final JsonParser parser;
  private final boolean counting;
  private final Unread unread = new Unread();
  private final ToolsReader tools;
  private final OutputReader output;

  private @Nullable String model;
  private List<Message> system = List.of();
  private @Nullable List<Message> messages;
  private Optional<Long> maxTokens = Optional.empty();
  private Optional<Double> temperature = Optional.empty();
  private Optional<Double> topP = Optional.empty();
  private Optional<Integer> topK = Optional.empty();
  private List<String> stop = List.of();
  private Optional<CacheHint> cache = Optional.empty();
  private boolean stream;

  private MessagesRequestReader(Bytes body, MemberReader members, boolean counting) {
    this.body = body;
    this.members = members;
    this.parser = members.parser();
    this.counting = counting;
    this.tools = new ToolsReader(parser, body, unread);
    this.output = new OutputReader(parser, body, unread);
  }

  /**
   * Reads the body of a request for a message.
   *
   * @param body the bytes as they came
   * @param headers the request headers that travel on, names in lower case; never a credential
   * @param query the raw query string
   */
  public static RequestRead read(Bytes body, Map<String, String> headers, Optional<String> query) {
    return read(body, headers, query, false);
  }

  /**
   * Reads the body of a request for the number of its input tokens: the same, but without a cap on
   * the output. The request is the one that is counted; see {@link
   * dev.assay.core.request.TokenCountRequest}.
   *
   * @param body the bytes as they came
   * @param headers the request headers that travel on, names in lower case; never a credential
   * @param query the raw query string
   */
  public static RequestRead readCount(
      Bytes body, Map<String, String> headers, Optional<String> query) {
    return read(body, headers, query, true);
  }

  private static RequestRead read(
      Bytes body, Map<String, String> headers, Optional<String> query, boolean counting) {
    return RequestBody.read(
        body, members -> new MessagesRequestReader(body, members, counting).read(headers, query));
  }

  private ChatRequest read(Map<String, String> headers, Optional<String> query) {
    members.each(this::readMember);
    return request(
        new Wire(
            WireFormat.ANTHROPIC_MESSAGES,
            body,
            members.members(),
            headers,
            query,
            unread.paths()));
  }

  private void readMember(String name) {
    switch (name) {
      case "model" -> model = Fields.string(parser);
      case "messages" -> messages = new TurnReader(parser, body, unread).array();
      case "system" -> readSystem();
      case "max_tokens" -> maxTokens = whole(0);
      case "temperature" -> temperature = Fields.optionalNumber(parser, 0, 1);
      case "top_p" -> topP = Fields.optionalNumber(parser, 0, 1);
      case "top_k" -> topK = whole(0).map(count -> (int) Math.min(count, Integer.MAX_VALUE));
      case "stop_sequences" -> stop = stop();
      case "stream" -> stream = Fields.optionalBool(parser).orElse(false);
      case "tools" -> tools.readTools();
      case "tool_choice" -> tools.readChoice();
      case "thinking" -> output.readThinking();
      case "output_config" -> output.readConfig();
      case "output_format" -> output.readFormat();
      case "cache_control" -> cache = CacheControlReader.read(parser, unread);
      case "metadata" -> readMetadata();
      case "assay" -> objectOrNull();
      default -> unread.skip(parser);
    }
  }

  private void readSystem() {
    if (!Fields.isNull(parser)) {
      List<Part> parts = new BlockReader(parser, body, unread).content();
      system = List.of(new Message(Role.SYSTEM, parts, Optional.empty()));
    }
  }

  private Optional<Long> whole(long least) {
    Optional<Long> number = Fields.optionalInteger(parser);
    if (number.filter(value -> value < least).isPresent()) {
      throw InvalidField.at(parser, "must be at least " + least);
    }
    return number;
  }

  private List<String> stop() {
    if (Fields.isNull(parser)) {
      return List.of();
    }
    Fields.requireArray(parser);
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(Fields.string(parser));
    }
    return texts;
  }

  private void readMetadata() {
    unread.note(parser);
    objectOrNull();
  }

  private void objectOrNull() {
    if (!Fields.isNull(parser)) {
      Fields.requireObject(parser);
    }
  }

  private ChatRequest request(Wire wire) {
    if (model == null) {
      throw new InvalidField("model", "is missing: give the name of a model");
    }
    if (model.isBlank()) {
      throw new InvalidField("model", "is blank: give the name of a model");
    }
    if (messages == null) {
      throw new InvalidField("messages", "is missing: give at least one message");
    }
    if (maxTokens.isEmpty() && !counting) {
      throw new InvalidField(
          "max_tokens", "is missing: give the greatest number of tokens to generate");
    }
    return new ChatRequest(
        model,
        conversation(messages),
        new Sampling(
            temperature,
            topP,
            maxTokens,
            stop,
            Optional.empty(),
            Optional.empty(),
            topK,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        tools.read(),
        output.format(),
        output.reasoning(),
        stream ? Streaming.EVENTS_WITH_USAGE : Streaming.NONE,
        Optional.of(wire));
  }

  private List<Message> conversation(List<Message> said) {
    List<Message> all = new ArrayList<>(system);
    all.addAll(said);
    if (cache.isPresent() && !(lastPart(all) instanceof Part.CachePoint)) {
      Message last = all.removeLast();
      List<Part> parts = new ArrayList<>(last.parts());
      parts.add(new Part.CachePoint(cache.get()));
      all.add(new Message(last.role(), parts, last.name()));
    }
    return all;
  }

  private static @Nullable Part lastPart(List<Message> messages) {
    List<Part> parts = messages.getLast().parts();
    return parts.isEmpty() ? null : parts.getLast();
  }
}
