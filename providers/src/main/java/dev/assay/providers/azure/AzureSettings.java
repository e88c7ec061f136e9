package dev.assay.providers.azure;

import dev.assay.providers.attempt.Account;
import dev.assay.providers.openai.ApiChoice;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An Azure OpenAI resource.
 *
 * @param account the resource: its base address is the endpoint, such as {@code
 *     https://name.openai.azure.com}, and its models are deployments
 * @param apiVersion a dated version such as {@code 2024-10-21}, {@code v1}, or {@code preview}
 * @param choice by which API it is asked
 */
public record AzureSettings(Account account, String apiVersion, ApiChoice choice) {
  /** The dated version that is generally available, for an account that names none. */
  public static final String API_VERSION = "2024-10-21";

  private static final Pattern VERSION =
      Pattern.compile("v1|preview|\\d{4}-\\d{2}-\\d{2}(-preview)?");

  /** Checks the version, and takes {@code /openai} and {@code /openai/v1} off the endpoint. */
  public AzureSettings {
    if (!VERSION.matcher(apiVersion).matches()) {
      throw new IllegalArgumentException(
          "api-version: must be a date such as " + API_VERSION + ", v1 or preview");
    }
    account = withEndpoint(account);
  }

  /**
   * A resource with the default timeouts and limits.
   *
   * @param deployment the deployment that it has for certain
   * @param source where this was found, such as {@code AZURE_OPENAI_API_KEY}
   */
  public static AzureSettings of(
      URI endpoint, Optional<String> key, Optional<String> deployment, String source) {
    Account account = Account.of("azure", endpoint, key, source);
    Set<String> deployments = new HashSet<>(account.models());
    deployment.ifPresent(deployments::add);
    return new AzureSettings(
        with(account, account.baseUrl(), deployments), API_VERSION, ApiChoice.AUTO);
  }

  // People copy either address from the portal.
  private static Account withEndpoint(Account account) {
    String path = account.basePath();
    String bare = path.replaceFirst("/openai(/v1)?/?$", "");
    return bare.equals(path)
        ? account
        : with(account, account.baseUrl().resolve(bare.isEmpty() ? "/" : bare), account.models());
  }

  private static Account with(Account account, URI endpoint, Set<String> deployments) {
    return new Account(
        account.name(),
        endpoint,
        account.key(),
        account.headers(),
        account.timeouts(),
        account.largestAnswer(),
        account.source(),
        deployments);
  }
}
