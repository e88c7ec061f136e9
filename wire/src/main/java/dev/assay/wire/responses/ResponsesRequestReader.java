package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
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
 * Reads the body of {@code POST /v1/responses} in one pass: checks it, notes where its members
 * stand, and builds the canonical request. {@code instructions} become the first message.
 *
 * <p>Only what no provider can take is refused; what is not understood passes untouched in the wire
 * form and is told in {@link Wire#unread()}. A member that is {@code null} counts as absent.
 */
public final class ResponsesRequestReader {
  private static final String LOGPROBS = "message.output_text.logprobs";

  private final Bytes body;
  private final MemberReader members;
  private final JsonParser parser;
  private final Unread unread = new Unread();

  private @Nullable String model;
  private List<Message> input = List.of();
  private Optional<String> instructions = Optional.empty();
  private Optional<Double> temperature = Optional.empty();
  private Optional<Double> topP = Optional.empty();
  private Optional<Long> maxOutputTokens = Optional.empty();
  private Optional<Integer> topLogprobs = Optional.empty();
  private boolean logprobs;
  private List<Tool> tools = List.of();
  private Optional<ToolChoice> toolChoice = Optional.empty();
  private Optional<Boolean> parallelToolCalls = Optional.empty();
  private ResponseFormat format = new ResponseFormat.Text();
  private Optional<String> effort = Optional.empty();
  private boolean stream;
  private boolean inputElsewhere;

  private ResponsesRequestReader(Bytes body, MemberReader members) {
    this.body = body;
    this.members = members;
    this.parser = members.parser();
  }

  /**
   * Reads a body.
   *
   * @param body the bytes as they came
   * @param headers the request headers that travel on, names in lower case; never a credential
   * @param query the raw query string
   */
  public static RequestRead read(Bytes body, Map<String, String> headers, Optional<String> query) {
    return RequestBody.read(
        body, members -> new ResponsesRequestReader(body, members).read(headers, query));
  }

  private ChatRequest read(Map<String, String> headers, Optional<String> query) {
    members.each(this::readMember);
    return request(
        new Wire(
            WireFormat.OPENAI_RESPONSES, body, members.members(), headers, query, unread.paths()));
  }

  private void readMember(String name) {
    switch (name) {
      case "model" -> model = Fields.string(parser);
      case "input" -> input = new InputReader(parser, body, unread).read();
      case "instructions" -> instructions = Fields.optionalString(parser);
      case "temperature" -> temperature = Fields.optionalNumber(parser, 0, Double.MAX_VALUE);
      case "top_p" -> topP = Fields.optionalNumber(parser, 0, 1);
      case "max_output_tokens" -> maxOutputTokens = Fields.optionalInteger(parser);
      case "top_logprobs" -> topLogprobs = topLogprobs();
      case "include" -> readInclude();
      case "tools" -> tools = new ToolReader(parser, body, unread).tools();
      case "tool_choice" -> toolChoice = new ToolReader(parser, body, unread).choice();
      case "parallel_tool_calls" -> parallelToolCalls = Fields.optionalBool(parser);
      case "text" -> format = new TextSettingReader(parser, body, unread).read();
      case "reasoning" -> readReasoning();
      case "stream" -> stream = Fields.optionalBool(parser).orElse(false);
      case "store" -> Fields.optionalBool(parser);
      case "previous_response_id" -> inputElsewhere |= Fields.optionalString(parser).isPresent();
      case "stream_options", "metadata", "assay" -> objectOrNull();
      default -> readRare(name);
    }
  }

  private void readRare(String name) {
    switch (name) {
      case "user", "safety_identifier" -> {
        unread.note(parser);
        Fields.optionalString(parser);
      }
      case "background" -> {
        if (Fields.optionalBool(parser).orElse(false)) {
          unread.note(parser);
        }
      }
      case "truncation" -> {
        // The default, said aloud.
        if (!Fields.optionalString(parser).orElse("disabled").equals("disabled")) {
          unread.note(parser);
        }
      }
      case "prompt", "conversation" -> {
        inputElsewhere |= !Fields.isNull(parser);
        unread.note(parser);
      }
      default -> unread.note(parser);
    }
  }

  private Optional<Integer> topLogprobs() {
    Optional<Long> wanted = Fields.optionalInteger(parser);
    if (wanted.isPresent() && (wanted.get() < 0 || wanted.get() > Integer.MAX_VALUE)) {
      throw InvalidField.at(parser, "must be at least 0");
    }
    return wanted.map(Long::intValue);
  }

  // The other values ask for more about tools of the provider's own, or for what is always given.
  private void readInclude() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireArray(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      logprobs |= Fields.string(parser).equals(LOGPROBS);
    }
  }

  private void readReasoning() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireObject(parser);
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (field.equals("effort")) {
        effort = Fields.optionalString(parser);
      } else {
        unread.skip(parser);
      }
    }
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
    return new ChatRequest(
        model,
        messages(),
        sampling(),
        new Tools(tools, toolChoice, parallelToolCalls),
        format,
        new ReasoningSetting(effort, Optional.empty()),
        stream ? Streaming.EVENTS_WITH_USAGE : Streaming.NONE,
        Optional.of(wire));
  }

  private List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    instructions.ifPresent(text -> messages.add(Message.text(Role.SYSTEM, text)));
    messages.addAll(input);
    if (input.isEmpty()) {
      if (!inputElsewhere) {
        throw new InvalidField("input", "is missing: give a string or at least one item");
      }
      // What is asked stands with the provider; a request has a message all the same.
      messages.add(new Message(Role.USER, List.of(), Optional.empty()));
    }
    return messages;
  }

  private Sampling sampling() {
    return new Sampling(
        temperature,
        topP,
        maxOutputTokens.filter(tokens -> tokens > 0),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        logprobs ? Optional.of(topLogprobs.orElse(0)) : Optional.empty());
  }
}
