package dev.assay.wire.anthropic;

import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ToolChoice;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/**
 * What a request's wish for reasoning is in the words of the model that is asked.
 *
 * <p>For a model that thinks on a budget, an effort is a budget: minimal 1,024 tokens, low 4,096,
 * high 16,384, more than that 24,576, and 8,192 for anything else. The budget is a part of the
 * output's cap: the caller's own cap is never raised, so a budget shrinks to fit below it (an
 * effort's to three quarters of it), and without room for the smallest budget there is no thinking;
 * the default cap is raised by a budget that does not fit. For a newer model a budget is the effort
 * that it stands for.
 *
 * <p>While tools are forced the API refuses thinking, so none is asked for; an effort still is.
 *
 * @param mode the member {@code thinking}
 * @param effort the member {@code output_config.effort}
 * @param maxTokens the cap on output tokens, thinking included
 */
record ThinkingWish(Mode mode, Optional<String> effort, long maxTokens) {
  private static final long LEAST_BUDGET = 1_024;
  private static final long LOW = 4_096;
  private static final long MEDIUM = 8_192;
  private static final long HIGH = 16_384;
  private static final long MOST = 24_576;

  /** How {@code thinking} is said. */
  sealed interface Mode {
    /** Not at all: the model's default. */
    record Unsaid() implements Mode {}

    /** No thinking. */
    record Disabled() implements Mode {}

    /** As much as the model sees fit. */
    record Adaptive() implements Mode {}

    /** At most so many tokens. */
    record Budget(long tokens) implements Mode {}
  }

  /**
   * The wish.
   *
   * @param defaultMaxTokens the cap on output tokens for a request that has none
   */
  static ThinkingWish of(ChatRequest request, long defaultMaxTokens) {
    ReasoningSetting wish = request.reasoning();
    Optional<Long> cap = request.sampling().maxOutputTokens();
    ThinkingWish nothing = unsaid(cap.orElse(defaultMaxTokens));
    ClaudeThinking style = ClaudeThinking.of(request.model());
    if (wish.equals(ReasoningSetting.DEFAULT) || style == ClaudeThinking.NEVER) {
      return nothing;
    }
    if (style != ClaudeThinking.BUDGET) {
      return adaptive(wish, style, forced(request), nothing.maxTokens);
    }
    if (off(wish)) {
      return new ThinkingWish(new Mode.Disabled(), Optional.empty(), nothing.maxTokens);
    }
    return forced(request) ? nothing : budgeted(wish, cap, defaultMaxTokens);
  }

  private static ThinkingWish unsaid(long maxTokens) {
    return new ThinkingWish(new Mode.Unsaid(), Optional.empty(), maxTokens);
  }

  private static boolean off(ReasoningSetting wish) {
    return wish.budgetTokens()
        .map(tokens -> tokens == 0)
        .orElse(wish.effort().filter("none"::equals).isPresent());
  }

  private static boolean forced(ChatRequest request) {
    return !request.tools().tools().isEmpty()
        && request
            .tools()
            .choice()
            .filter(choice ->
                choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named)
            .isPresent();
  }

  private static ThinkingWish adaptive(
      ReasoningSetting wish, ClaudeThinking style, boolean forced, long maxTokens) {
    boolean xhigh = style == ClaudeThinking.ADAPTIVE_XHIGH;
    Optional<String> effort =
        wish.effort().filter(word -> !word.equals("none")).map(word -> known(word, xhigh));
    if (off(wish)) {
      return new ThinkingWish(new Mode.Disabled(), effort, maxTokens);
    }
    Optional<String> said =
        effort.or(() -> wish.budgetTokens().map(tokens -> known(effort(tokens), xhigh)));
    Mode mode = forced ? new Mode.Unsaid() : new Mode.Adaptive();
    return new ThinkingWish(mode, said, maxTokens);
  }

  private static String known(String word, boolean xhigh) {
    return switch (word) {
      case "minimal" -> "low";
      case "xhigh" -> xhigh ? word : "high";
      default -> word;
    };
  }

  private static String effort(long budget) {
    if (budget <= LOW) {
      return "low";
    }
    if (budget <= MEDIUM) {
      return "medium";
    }
    return budget <= HIGH ? "high" : "xhigh";
  }

  private static ThinkingWish budgeted(
      ReasoningSetting wish, Optional<Long> cap, long defaultMaxTokens) {
    long wanted =
        Math.max(
            LEAST_BUDGET,
            wish.budgetTokens().orElseGet(() -> budget(wish.effort().orElse("medium"))));
    if (cap.isEmpty()) {
      long raised = wanted < defaultMaxTokens ? defaultMaxTokens : wanted + defaultMaxTokens;
      return new ThinkingWish(new Mode.Budget(wanted), Optional.empty(), raised);
    }
    long room = wish.budgetTokens().isPresent() ? cap.get() - 1 : cap.get() / 4 * 3;
    long fitting = Math.min(wanted, room);
    return fitting < LEAST_BUDGET
        ? unsaid(cap.get())
        : new ThinkingWish(new Mode.Budget(fitting), Optional.empty(), cap.get());
  }

  private static long budget(String effort) {
    return switch (effort) {
      case "minimal" -> LEAST_BUDGET;
      case "low" -> LOW;
      case "high" -> HIGH;
      case "xhigh", "max" -> MOST;
      default -> MEDIUM;
    };
  }

  /** Writes the member {@code thinking} when there is something to say. */
  void writeMode(JsonGenerator json) {
    switch (mode) {
      case Mode.Unsaid() -> {}
      case Mode.Disabled() -> writeMode(json, "disabled", OptionalLong.empty());
      case Mode.Adaptive() -> writeMode(json, "adaptive", OptionalLong.empty());
      case Mode.Budget(long tokens) -> writeMode(json, "enabled", OptionalLong.of(tokens));
    }
  }

  private static void writeMode(JsonGenerator json, String type, OptionalLong tokens) {
    json.writeObjectPropertyStart("thinking");
    json.writeStringProperty("type", type);
    tokens.ifPresent(count -> json.writeNumberProperty("budget_tokens", count));
    json.writeEndObject();
  }
}
