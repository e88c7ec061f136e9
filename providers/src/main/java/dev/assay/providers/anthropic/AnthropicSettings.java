package dev.assay.providers.anthropic;

import dev.assay.providers.attempt.Account;
import java.net.URI;

/**
 * An account at Anthropic, or at another API that speaks its Messages.
 *
 * @param account the account; its address is what stands before {@code /v1/messages}, such as
 *     {@code https://api.anthropic.com}, where a {@code /v1} at its end counts once, and an {@code
 *     anthropic-beta} among its headers is joined with the client's
 * @param defaultMaxTokens the cap on output tokens for a request of another format that has none;
 *     the API insists on one
 */
public record AnthropicSettings(Account account, long defaultMaxTokens) {
  /** Where Anthropic's own API is. */
  public static final URI BASE_URL = URI.create("https://api.anthropic.com");

  /** The cap on output tokens unless told otherwise; every model since Claude 3.7 takes it. */
  public static final long DEFAULT_MAX_TOKENS = 16_384;

  /** Checks the cap. */
  public AnthropicSettings {
    if (defaultMaxTokens < 1) {
      throw new IllegalArgumentException("defaultMaxTokens: must be positive");
    }
  }

  /** An account with the default cap. */
  public static AnthropicSettings of(Account account) {
    return new AnthropicSettings(account, DEFAULT_MAX_TOKENS);
  }
}
