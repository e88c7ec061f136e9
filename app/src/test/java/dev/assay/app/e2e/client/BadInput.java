package dev.assay.app.e2e.client;

import dev.assay.core.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bad chat requests and what is said to them.
 *
 * @param what what is wrong
 * @param request the request
 * @param status the response's status
 * @param code the error's code
 * @param field the error's {@code param}; null when no field is at fault
 * @param remedy what the message says, among the rest
 */
record BadInput(
    String what,
    RawRequest request,
    int status,
    String code,
    @Nullable String field,
    String remedy) {
  private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
  private static final String GOOD = "{\"model\":\"sim/echo\"," + USER + "}";
  private static final int LARGEST = 20 << 20;

  @Override
  public String toString() {
    return what;
  }

  /** Bodies that are no JSON object of a chat request at all. */
  static List<BadInput> bodies() {
    return List.of(
        body("malformed JSON", "{\"model\": nope}", null, "well-formed JSON near byte"),
        body("truncated JSON", GOOD.substring(0, GOOD.length() - 3), null, "cut off"),
        body("two JSON values", GOOD + "{}", null, "must end behind its JSON object"),
        body("an array", "[" + GOOD + "]", null, "must be a JSON object"),
        body("nothing", "", null, "JSON"),
        body("a stream of nothing", "{\"stream\":true}", "model", "give the name of a model"),
        body("a member twice", with("\"model\":\"sim/small\""), "model", "occurs twice"),
        body("too deep", with("\"x\":" + "[".repeat(1_001) + "]".repeat(1_001)), null, "levels"),
        body("a number too long", with("\"x\":" + "9".repeat(1_001)), null, "1,000 digits"),
        new BadInput(
            "UTF-16",
            RawRequest.chat(Bytes.wrap(GOOD.getBytes(StandardCharsets.UTF_16LE))),
            400,
            "invalid_request",
            null,
            "UTF-8"),
        new BadInput(
            "more than 20 MiB",
            RawRequest.chat(padded(LARGEST + 1)),
            413,
            "request_too_large",
            null,
            "images by URL"));
  }

  /** Fields with a wrong type or value. */
  static List<BadInput> fields() {
    return List.of(
        body("no model", "{" + USER + "}", "model", "give the name of a model"),
        body("a blank model", "{\"model\":\" \"," + USER + "}", "model", "give the name"),
        body("a model that is a number", "{\"model\":4," + USER + "}", "model", "a string"),
        body("no messages", "{\"model\":\"sim/echo\"}", "messages", "at least one message"),
        body("empty messages", messages(""), "messages", "at least one message"),
        body(
            "messages that are a text",
            "{\"model\":\"sim/echo\",\"messages\":\"hi\"}",
            "messages",
            "must be an array"),
        body("a message that is a text", messages("\"hi\""), "messages[0]", "an object"),
        body("no role", messages("{\"content\":\"hi\"}"), "messages[0].role", "\"user\""),
        body(
            "an unknown role",
            messages("{\"role\":\"robot\",\"content\":\"hi\"}"),
            "messages[0].role",
            "\"developer\""),
        body("no content", messages("{\"role\":\"user\"}"), "messages[0].content", "a string"),
        body(
            "a content that is a number",
            messages("{\"role\":\"user\",\"content\":1}"),
            "messages[0].content",
            "an array of parts"),
        body(
            "a part without a type",
            messages("{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}"),
            "messages[0].content[0].type",
            "\"image_url\""),
        body("a temperature in words", with("\"temperature\":\"hot\""), "temperature", "a number"),
        body("a negative temperature", with("\"temperature\":-1"), "temperature", "at least 0"),
        body("top_p above 1", with("\"top_p\":1.5"), "top_p", "between 0"),
        body("no choices at all", with("\"n\":0"), "n", "at least 1"),
        body("a cap in words", with("\"max_tokens\":\"many\""), "max_tokens", "a whole number"),
        body("stop that is a number", with("\"stop\":1"), "stop", "an array of strings"),
        body("stream that is a text", with("\"stream\":\"yes\""), "stream", "a boolean"),
        body(
            "stream options without a stream",
            with("\"stream_options\":{\"include_usage\":true}"),
            "stream_options",
            "stream is true"),
        body("tools that are an object", with("\"tools\":{}"), "tools", "an array"),
        body(
            "a tool without a name",
            with("\"tools\":[{\"type\":\"function\",\"function\":{}}]"),
            "tools[0].function.name",
            "string"),
        body(
            "a format in words", with("\"response_format\":\"json\""), "response_format", "object"),
        body("metadata in words", with("\"metadata\":\"a\""), "metadata", "an object"));
  }

  /** Headers that do not fit, and what a call says of itself. */
  static List<BadInput> attachments() {
    RawRequest good = RawRequest.chat(GOOD);
    return List.of(
        media("a form", good.with("content-type: application/x-www-form-urlencoded")),
        media("plain text", good.with("content-type: text/plain")),
        media("no content type", good.without("content-type")),
        new BadInput(
            "compressed",
            good.adding("content-encoding: gzip"),
            415,
            "unsupported_media_type",
            "content-encoding",
            "must not be compressed"),
        header("metadata that is no JSON", "x-assay-metadata: {a", "such as {\"ticket\""),
        header("metadata that is a list", "x-assay-metadata: [1]", "a JSON object"),
        header("nested metadata", "x-assay-metadata: {\"a\":{\"b\":1}}", "strings, numbers"),
        header("metadata outside ASCII", "x-assay-metadata: {\"a\":\"ü\"}", "\\uXXXX"),
        header("metadata with our key", "x-assay-metadata: {\"assay\":1}", "the ledger uses"),
        header("a parent that is no identifier", "x-assay-parent: 17", "identifier of a call"),
        header("a step without a run", "x-assay-step: a/b", "name the run too"),
        header("an unknown header", "x-assay-colour: red", "known are group, run"),
        body("an unknown member", with("\"assay\":{\"colour\":1}"), "assay.colour", "known are"),
        new BadInput(
            "a group twice",
            good.adding("x-assay-group: a").adding("x-assay-group: b"),
            400,
            "invalid_request",
            "x-assay-group",
            "once"));
  }

  /** Models that nobody can be asked for. */
  static List<BadInput> models() {
    return List.of(
        model(
            "a provider without its key",
            "openai/gpt-4o-mini",
            "OPENAI_API_KEY is not set; set it"),
        model("another one", "hyperbolic/llama", "HYPERBOLIC_API_KEY is not set; set it"),
        model(
            "a bare name of a provider without its key",
            "gpt-4o-mini",
            "OPENAI_API_KEY is not set; set it"),
        model(
            "a provider that nobody knows",
            "nobody/gpt",
            "must be a provider, one of ollama, lmstudio, one, two, local, sim"),
        model(
            "a model that its provider does not have",
            "sim/huge",
            "it has sim/echo, sim/embedding, sim/flaky"),
        model("a bare name that several have", "twin", "one/twin or two/twin"));
  }

  private static BadInput body(String what, String body, @Nullable String field, String remedy) {
    return new BadInput(what, RawRequest.chat(body), 400, "invalid_request", field, remedy);
  }

  private static BadInput media(String what, RawRequest request) {
    return new BadInput(
        what, request, 415, "unsupported_media_type", "content-type", "must be application/json");
  }

  private static BadInput header(String what, String line, String remedy) {
    String field = line.substring(0, line.indexOf(':'));
    return new BadInput(
        what, RawRequest.chat(GOOD).adding(line), 400, "invalid_request", field, remedy);
  }

  private static BadInput model(String what, String name, String remedy) {
    return new BadInput(
        what,
        RawRequest.chat("{\"model\":\"" + name + "\"," + USER + "}"),
        404,
        "model_not_found",
        "model",
        remedy);
  }

  private static String with(String member) {
    return "{\"model\":\"sim/echo\"," + USER + "," + member + "}";
  }

  private static String messages(String messages) {
    return "{\"model\":\"sim/echo\",\"messages\":[" + messages + "]}";
  }

  private static Bytes padded(int length) {
    byte[] body = Arrays.copyOf(GOOD.getBytes(StandardCharsets.UTF_8), length);
    Arrays.fill(body, GOOD.length(), length, (byte) ' ');
    return Bytes.wrap(body);
  }
}
