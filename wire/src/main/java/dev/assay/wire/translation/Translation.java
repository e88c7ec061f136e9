package dev.assay.wire.translation;

import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a request can leave in a format, and what is lost of it. */
public sealed interface Translation {
  /**
   * It can.
   *
   * @param request the request, with what the format says in another way put so
   * @param warnings what is lost, one sentence each that begins with the field
   */
  record Possible(ChatRequest request, List<String> warnings) implements Translation {
    /** Copies the warnings. */
    public Possible {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It cannot: the answer would be another one than was asked for.
   *
   * @param field the field at fault, in the names of the format in which the request came
   * @param message a sentence that names the field and the remedy
   */
  record Impossible(String field, String message) implements Translation {}

  /** What a request loses even in its own format: no provider takes another one's signatures. */
  String SIGNED_ELSEWHERE = "messages: earlier reasoning of another provider was left out";

  /**
   * What becomes of a request that leaves in a format; when it came in it, nothing but the
   * reasoning of other providers that it brings back.
   */
  static Translation of(ChatRequest request, WireFormat target) {
    Optional<WireFormat> came = request.wire().map(Wire::format);
    if (came.isPresent() && came.get() == target) {
      return new Possible(
          request, signedElsewhere(request, target) ? List.of(SIGNED_ELSEWHERE) : List.of());
    }
    WireFormat source = came.orElse(WireFormat.OPENAI_CHAT);
    List<String> warnings = new ArrayList<>();
    for (String path : request.wire().map(Wire::unread).orElse(List.of())) {
      if (UnreadFields.understood(path, request.wire().orElseThrow(), target)) {
        continue;
      }
      if (!UnreadFields.mayBeLost(path)) {
        return new Impossible(
            path,
            "%s: cannot be said in %s: leave it out, or ask a model that speaks %s."
                .formatted(path, target.title(), source.title()));
      }
      warnings.add("%s: is not known in %s and was left out".formatted(path, target.title()));
    }
    for (Map.Entry<Feature, String> found : Features.of(request, source, target).entrySet()) {
      Feature feature = found.getKey();
      String field = found.getValue();
      String sentence = feature.sentence(field, target);
      switch (feature.fate(target)) {
        case KEPT -> {}
        case LOST -> warnings.add(sentence + "; " + feature.words(target));
        case REFUSED -> {
          return new Impossible(field, sentence + ": " + feature.words(target) + ".");
        }
      }
    }
    return new Possible(adapted(request, target), warnings);
  }

  /**
   * Whether a request that came in a format brings back reasoning that another one signed, which
   * must not reach the provider; at Anthropic's neither what nobody signed. Chat Completions has no
   * signatures that a provider would check.
   */
  static boolean signedElsewhere(ChatRequest request, WireFormat format) {
    return format != WireFormat.OPENAI_CHAT
        && Features.signedElsewhere(request, format, format == WireFormat.ANTHROPIC_MESSAGES);
  }

  private static ChatRequest adapted(ChatRequest request, WireFormat target) {
    ReasoningSetting reasoning = request.reasoning();
    boolean byEffort = target == WireFormat.OPENAI_CHAT || target == WireFormat.OPENAI_RESPONSES;
    // Without reasoning there is no effort.
    boolean none = reasoning.budgetTokens().filter(tokens -> tokens == 0).isPresent();
    return byEffort
            && reasoning.budgetTokens().isPresent()
            && (none || reasoning.effort().isEmpty())
        ? request.withReasoning(
            new ReasoningSetting(
                Optional.of(Efforts.nearest(reasoning.budgetTokens().get())), Optional.empty()))
        : request;
  }
}
