package dev.assay.providers.openai;

import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.providers.attempt.Account;
import java.util.Locale;

/** Which of OpenAI's APIs a server is asked by. */
public enum ApiChoice {
  /** Responses for what came by Responses, Chat Completions for everything else. */
  AUTO,
  /** Always Chat Completions, which every compatible server knows. */
  CHAT,
  /** Always Responses. */
  RESPONSES;

  /**
   * The choice for an account that is configured with none: {@link #AUTO} at OpenAI itself, which
   * is the provider {@code openai} and whatever lies at OpenAI's own hosts, {@link #CHAT}
   * elsewhere.
   */
  public static ApiChoice standard(Account account) {
    return isOpenAi(account) ? AUTO : CHAT;
  }

  static boolean isOpenAi(Account account) {
    String host = account.baseUrl().getHost().toLowerCase(Locale.ROOT);
    return account.name().equals("openai") || host.endsWith(".openai.com");
  }

  /** The format in which a request leaves. */
  WireFormat format(ChatRequest request) {
    return switch (this) {
      case CHAT -> WireFormat.OPENAI_CHAT;
      case RESPONSES -> WireFormat.OPENAI_RESPONSES;
      case AUTO ->
          request
              .wire()
              .map(Wire::format)
              .filter(WireFormat.OPENAI_RESPONSES::equals)
              .orElse(WireFormat.OPENAI_CHAT);
    };
  }
}
