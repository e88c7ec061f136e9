package clients;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Tries LangChain4j's clients for OpenAI and Anthropic with every provider. The arguments are the program's address and
 * the providers' names.
 */
public final class LangChain4j {
  private static final String KEY = "sk-the-key-of-the-client";
  private static final String TEXT = "Grüße, 世界";
  private static final String ONE = "How is the weather in one city?";
  private static final String TWO = "How is the weather in two cities?";
  private static final ToolSpecification WEATHER =
      ToolSpecification.builder()
          .name("weather")
          .description("Tells the weather.")
          .parameters(JsonObjectSchema.builder().addStringProperty("city").required("city").build())
          .build();

  private static int passed;
  private static int failed;

  private LangChain4j() {}

  /** Asks a model, whole or by a stream. */
  private interface Asking {
    ChatResponse ask(ChatRequest request) throws Exception;
  }

  public static void main(String[] args) {
    String url = args[0];
    for (String provider : Arrays.asList(args).subList(1, args.length)) {
      String model = provider + "/m";
      tasks("langchain4j-open-ai → " + provider, openAi(url, model), streaming(openAiStream(url, model)));
      tasks("langchain4j-anthropic → " + provider, anthropic(url, model), streaming(anthropicStream(url, model)));
      if (!provider.equals("p-messages")) {
        cell("langchain4j-open-ai → " + provider + ": embeddings", List.of(3, 3), () -> embed(url, model));
      }
    }
    System.out.println(passed + " passed, " + failed + " failed");
    if (failed > 0) {
      System.exit(1);
    }
  }

  private static void tasks(String name, Asking whole, Asking stream) {
    cell(name + ": text", TEXT, () -> text(whole));
    cell(name + ": stream", TEXT, () -> text(stream));
    cell(name + ": a tool", said("Ulm"), () -> tools(whole, ONE));
    cell(name + ": two tools", said("Ulm") + ", " + said("Bonn"), () -> tools(whole, TWO));
    cell(name + ": a streamed tool", said("Ulm"), () -> tools(stream, ONE));
    cell(name + ": two streamed tools", said("Ulm") + ", " + said("Bonn"), () -> tools(stream, TWO));
  }

  private static void cell(String line, Object expected, Callable<?> attempt) {
    Object got;
    try {
      got = attempt.call();
    } catch (Exception failure) {
      got = failure;
    }
    if (Objects.equals(expected, got)) {
      passed++;
      System.out.println("ok      " + line);
    } else {
      failed++;
      System.out.println("FAILED  " + line + "\n" + got);
    }
  }

  private static String said(String city) {
    return city + ": " + rain("{\"city\":\"" + city + "\"}");
  }

  private static String rain(String arguments) {
    return "rain on " + arguments.replaceAll("\\s", "");
  }

  private static String text(Asking asking) throws Exception {
    return asking.ask(ChatRequest.builder().messages(UserMessage.from("Hello")).build()).aiMessage().text();
  }

  private static String tools(Asking asking, String prompt) throws Exception {
    List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from(prompt)));
    ChatResponse first = asking.ask(with(messages));
    messages.add(first.aiMessage());
    for (ToolExecutionRequest call : first.aiMessage().toolExecutionRequests()) {
      messages.add(ToolExecutionResultMessage.from(call, rain(call.arguments())));
    }
    return asking.ask(with(messages)).aiMessage().text();
  }

  private static ChatRequest with(List<ChatMessage> messages) {
    return ChatRequest.builder().messages(messages).toolSpecifications(WEATHER).build();
  }

  private static List<Integer> embed(String url, String model) {
    List<TextSegment> texts = List.of(TextSegment.from("one"), TextSegment.from("two"));
    var client = OpenAiEmbeddingModel.builder().baseUrl(url + "/v1").apiKey(KEY).modelName(model).maxRetries(0);
    return client.build().embedAll(texts).content().stream().map(Embedding::dimension).toList();
  }

  private static Asking openAi(String url, String model) {
    ChatModel client =
        OpenAiChatModel.builder().baseUrl(url + "/v1").apiKey(KEY).modelName(model).maxRetries(0).build();
    return client::chat;
  }

  private static StreamingChatModel openAiStream(String url, String model) {
    return OpenAiStreamingChatModel.builder().baseUrl(url + "/v1").apiKey(KEY).modelName(model).build();
  }

  private static Asking anthropic(String url, String model) {
    ChatModel client =
        AnthropicChatModel.builder().baseUrl(url + "/v1").apiKey(KEY).modelName(model).maxRetries(0).build();
    return client::chat;
  }

  private static StreamingChatModel anthropicStream(String url, String model) {
    return AnthropicStreamingChatModel.builder().baseUrl(url + "/v1").apiKey(KEY).modelName(model).build();
  }

  private static Asking streaming(StreamingChatModel model) {
    return request -> {
      CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
      model.chat(
          request,
          new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {}

            @Override
            public void onCompleteResponse(ChatResponse response) {
              whole.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
              whole.completeExceptionally(failure);
            }
          });
      return whole.get();
    };
  }
}
