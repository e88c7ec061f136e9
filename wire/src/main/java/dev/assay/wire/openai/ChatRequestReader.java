package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
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
 * Reads the body of {@code POST /v1/chat/completions} in one pass: checks it, notes where its
 * members stand, and builds the canonical request.
 *
 * <p>Only what no provider can take is refused; unknown members pass untouched in the wire form,
 * where they count as unread. A member that is {@code null} counts as absent. Beside OpenAI's own
 * members those of {@link ChatFields#EXTENDED} are understood.
 */
public final class ChatRequestReader {
  private final Bytes body;
  private final MemberReader members;
  private final JsonParser parser;
  private final Unread unread = new Unread();

  private @Nullable String model;
  private @Nullable List<Message> messages;
  private Optional<Double> temperature = Optional.empty();
  private Optional<Double> topP = Optional.empty();
  private Optional<Long> maxTokens = Optional.empty();
  private Optional<Long> maxCompletionTokens = Optional.empty();
  private List<String> stop = List.of();
  private Optional<Long> seed = Optional.empty();
  private Optional<Integer> choices = Optional.empty();
  private Optional<Integer> topK = Optional.empty();
  private Optional<Double> presencePenalty = Optional.empty();
  private Optional<Double> frequencyPenalty = Optional.empty();
  private boolean logprobs;
  private Optional<Integer> topLogprobs = Optional.empty();
  private List<Tool> tools = List.of();
  private Optional<ToolChoice> toolChoice = Optional.empty();
  private Optional<Boolean> parallelToolCalls = Optional.empty();
  private ResponseFormat format = new ResponseFormat.Text();
  private Optional<String> effort = Optional.empty();
  private Optional<Long> budget = Optional.empty();
  private boolean stream;
  private boolean streamOptions;
  private boolean includeUsage;

  private ChatRequestReader(Bytes body, MemberReader members) {
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
        body, members -> new ChatRequestReader(body, members).read(headers, query));
  }

  private ChatRequest read(Map<String, String> headers, Optional<String> query) {
    members.each(this::readMember);
    return request(headers, query);
  }

  private void readMember(String name) {
    switch (name) {
      case "model" -> model = Fields.string(parser);
      case "messages" -> messages = new MessageReader(parser, body, unread).array();
      case "tools" -> tools = new ToolReader(parser, body, unread).tools();
      case "tool_choice" -> toolChoice = new ToolReader(parser, body, unread).choice();
      case "parallel_tool_calls" -> parallelToolCalls = Fields.optionalBool(parser);
      case "response_format" -> format = new ResponseFormatReader(parser, body, unread).read();
      case "reasoning_effort" -> effort = Fields.optionalString(parser);
      case "reasoning" -> readReasoning();
      case "stream" -> stream = Fields.optionalBool(parser).orElse(false);
      case "stream_options" -> readStreamOptions();
      default -> readSampling(name);
    }
  }

  private void readSampling(String name) {
    switch (name) {
      case "temperature" -> temperature = Fields.optionalNumber(parser, 0, Double.MAX_VALUE);
      case "top_p" -> topP = Fields.optionalNumber(parser, 0, 1);
      case "top_k" -> topK = topK();
      case "max_tokens" -> maxTokens = Fields.optionalInteger(parser);
      case "max_completion_tokens" -> maxCompletionTokens = Fields.optionalInteger(parser);
      case "stop" -> stop = stop();
      case "seed" -> seed = Fields.optionalInteger(parser);
      case "n" -> choices = choices();
      case "presence_penalty" -> presencePenalty = Fields.optionalNumber(parser, -2, 2);
      case "frequency_penalty" -> frequencyPenalty = Fields.optionalNumber(parser, -2, 2);
      case "logprobs" -> logprobs = Fields.optionalBool(parser).orElse(false);
      case "top_logprobs" -> topLogprobs = topLogprobs();
      default -> readOther(name);
    }
  }

  private void readOther(String name) {
    switch (name) {
      case "assay" -> objectOrNull();
      // The last one names what a Gemini model has in its cache.
      case "user", "safety_identifier", "cached_content" -> {
        Fields.optionalString(parser);
        unread.note(parser);
      }
      case "metadata" -> {
        objectOrNull();
        unread.skip(parser);
      }
      // An empty object is a wish here.
      case "web_search_options" -> unread.note(parser);
      case "store" -> noteUnless(parser.currentToken() == JsonToken.VALUE_FALSE);
      case "service_tier" -> noteUnless("auto".equals(parser.getString()));
      default -> unread.skip(parser);
    }
  }

  // What says the default says nothing.
  private void noteUnless(boolean standard) {
    if (!standard) {
      unread.skip(parser);
    }
  }

  private List<String> stop() {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> List.of();
      case VALUE_STRING -> List.of(parser.getString());
      case START_ARRAY -> {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          texts.add(Fields.string(parser));
        }
        yield texts;
      }
      default -> throw InvalidField.type(parser, "a string or an array of strings");
    };
  }

  private Optional<Integer> choices() {
    Optional<Long> wanted = Fields.optionalInteger(parser);
    if (wanted.isPresent() && (wanted.get() < 1 || wanted.get() > Integer.MAX_VALUE)) {
      throw InvalidField.at(parser, "must be at least 1");
    }
    return wanted.map(Long::intValue);
  }

  // Some servers take 0 or −1 for "all".
  private Optional<Integer> topK() {
    return Fields.optionalInteger(parser)
        .filter(count -> count > 0 && count <= Integer.MAX_VALUE)
        .map(Long::intValue);
  }

  private Optional<Integer> topLogprobs() {
    Optional<Long> wanted = Fields.optionalInteger(parser);
    if (wanted.isPresent() && (wanted.get() < 0 || wanted.get() > Integer.MAX_VALUE)) {
      throw InvalidField.at(parser, "must be at least 0");
    }
    return wanted.map(Long::intValue);
  }

  // OpenRouter's form.
  private void readReasoning() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireObject(parser);
    boolean enabled = false;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "effort" -> effort = Fields.optionalString(parser).or(() -> effort);
        case "max_tokens" -> budget = budget();
        case "enabled" -> {
          enabled = Fields.optionalBool(parser).orElse(false);
          budget = enabled || Fields.isNull(parser) ? budget : Optional.of(0L);
        }
        case "exclude" -> noteUnless(parser.currentToken() == JsonToken.VALUE_FALSE);
        default -> unread.skip(parser);
      }
    }
    if (enabled && effort.isEmpty() && budget.isEmpty()) {
      effort = Optional.of("medium");
    }
  }

  private Optional<Long> budget() {
    Optional<Long> tokens = Fields.optionalInteger(parser);
    if (tokens.isPresent() && tokens.get() < 0) {
      throw InvalidField.at(parser, "must be at least 0");
    }
    return tokens;
  }

  private void readStreamOptions() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireObject(parser);
    streamOptions = true;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (field.equals("include_usage")) {
        includeUsage = Fields.optionalBool(parser).orElse(false);
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

  private ChatRequest request(Map<String, String> headers, Optional<String> query) {
    if (model == null) {
      throw new InvalidField("model", "is missing: give the name of a model");
    }
    if (model.isBlank()) {
      throw new InvalidField("model", "is blank: give the name of a model");
    }
    if (messages == null) {
      throw new InvalidField("messages", "is missing: give at least one message");
    }
    if (streamOptions && !stream) {
      throw new InvalidField("stream_options", "is only allowed when stream is true");
    }
    return new ChatRequest(
        model,
        messages,
        sampling(),
        new Tools(tools, toolChoice, parallelToolCalls),
        format,
        new ReasoningSetting(effort, budget),
        streaming(),
        Optional.of(wire(headers, query)));
  }

  private Sampling sampling() {
    // Some servers take −1 for "no cap".
    Optional<Long> cap = maxCompletionTokens.or(() -> maxTokens).filter(tokens -> tokens > 0);
    Optional<Integer> likely = logprobs ? topLogprobs.or(() -> Optional.of(0)) : Optional.empty();
    return new Sampling(
        temperature,
        topP,
        cap,
        stop,
        seed,
        choices,
        topK,
        presencePenalty,
        frequencyPenalty,
        likely);
  }

  private Wire wire(Map<String, String> headers, Optional<String> query) {
    if (!logprobs && topLogprobs.orElse(0) > 0) {
      unread.note("top_logprobs");
    }
    return new Wire(
        WireFormat.OPENAI_CHAT, body, members.members(), headers, query, unread.paths());
  }

  private Streaming streaming() {
    if (!stream) {
      return Streaming.NONE;
    }
    return includeUsage ? Streaming.EVENTS_WITH_USAGE : Streaming.EVENTS;
  }
}
