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
 * the default cap is raised where a budget would leave less than 4,096 tokens for the answer. For a
 * newer model a budget is the effort that it stands for.
 *
 * <p>While tools are forced the API refuses thinking, so none is asked for; an effort still is.
 *
 * @param mode the member {@code thinking}
 * @param effort the member {@code output_config.effort}
 * @param maxTokens the cap on output tokens, thinking included
 * @param loss what is not asked for, as a warning
 */
record ThinkingWish(Mode mode, Optional<String> effort, long maxTokens, Optional<String> loss) {
  private static final String NEVER = "reasoning: this model does not reason";
  private static final String FORCED =
      "reasoning: Messages does not allow thinking while a tool is forced; none is asked for";
  private static final String NO_BUDGET =
      "reasoning: this model does not take a cap on reasoning tokens; an effort is asked for"
          + " instead";
  private static final String NO_EFFORT =
      "reasoning: this model does not know the effort; the nearest is asked for";
  private static final String NO_ROOM =
      "reasoning: the cap on output tokens leaves no room for thinking; none is asked for";
  private static final long LEAST_BUDGET = 1_024;
  private static final long LOW = 4_096;
  private static final long MEDIUM = 8_192;
  private static final long HIGH = 16_384;
  private static final long MOST = 24_576;
  private static final long LEAST_ANSWER = 4_096;

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
    long maxTokens = cap.orElse(defaultMaxTokens);
    if (wish.equals(ReasoningSetting.DEFAULT)) {
      return unsaid(maxTokens, Optional.empty());
    }
    return switch (ClaudeThinking.of(request.model())) {
      case NEVER -> unsaid(maxTokens, off(wish) ? Optional.empty() : Optional.of(NEVER));
      case BUDGET -> {
        if (off(wish)) {
          yield new ThinkingWish(
              new Mode.Disabled(), Optional.empty(), maxTokens, Optional.empty());
        }
        yield forced(request)
            ? unsaid(maxTokens, Optional.of(FORCED))
            : budgeted(wish, cap, defaultMaxTokens);
      }
      case ADAPTIVE -> adaptive(wish, false, forced(request), maxTokens);
      case ADAPTIVE_XHIGH -> adaptive(wish, true, forced(request), maxTokens);
    };
  }

  private static ThinkingWish unsaid(long maxTokens, Optional<String> loss) {
    return new ThinkingWish(new Mode.Unsaid(), Optional.empty(), maxTokens, loss);
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
      ReasoningSetting wish, boolean xhigh, boolean forced, long maxTokens) {
    Optional<String> effort =
        wish.effort().filter(word -> !word.equals("none")).map(word -> known(word, xhigh));
    if (off(wish)) {
      return new ThinkingWish(new Mode.Disabled(), effort, maxTokens, Optional.empty());
    }
    Optional<String> said =
        effort.or(() -> wish.budgetTokens().map(tokens -> known(effort(tokens), xhigh)));
    return forced
        ? new ThinkingWish(new Mode.Unsaid(), said, maxTokens, Optional.of(FORCED))
        : new ThinkingWish(
            new Mode.Adaptive(),
            said,
            maxTokens,
            wish.budgetTokens()
                .map(tokens -> NO_BUDGET)
                .or(() ->
                    effort.equals(wish.effort()) ? Optional.empty() : Optional.of(NO_EFFORT)));
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
      long roomy = wanted + Math.min(defaultMaxTokens, LEAST_ANSWER);
      return budgeted(wanted, Math.max(defaultMaxTokens, roomy));
    }
    long room = wish.budgetTokens().isPresent() ? cap.get() - 1 : cap.get() / 4 * 3;
    long fitting = Math.min(wanted, room);
    return fitting < LEAST_BUDGET
        ? unsaid(cap.get(), Optional.of(NO_ROOM))
        : budgeted(fitting, cap.get());
  }

  private static ThinkingWish budgeted(long budget, long maxTokens) {
    return new ThinkingWish(new Mode.Budget(budget), Optional.empty(), maxTokens, Optional.empty());
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
