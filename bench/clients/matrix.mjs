// Tries every client at every provider's format with every task; see README.md. Words on the command line choose:
// `node matrix.mjs openai p-gemini` runs the cells whose line has both.
import assert from "node:assert/strict";
import Anthropic from "@anthropic-ai/sdk";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { ChatAnthropic } from "@langchain/anthropic";
import { HumanMessage, ToolMessage } from "@langchain/core/messages";
import { tool as langTool } from "@langchain/core/tools";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { embedMany, generateObject, generateText, stepCountIs, streamText, tool as aiTool } from "ai";
import OpenAI from "openai";
import { z } from "zod";
import { PLACE, PROVIDERS, TEXT, VECTOR, fiveProviders } from "./formats.mjs";
import { startAssay } from "./program.mjs";

const upstream = await fiveProviders();
const assay = await startAssay(upstream.environment, upstream.configuration).catch((failure) => {
  console.error(failure.message);
  process.exit(1);
});
const v1 = `${assay.url}/v1`;
const apiKey = "sk-the-key-of-the-client";
// Retries of the clients would hide what the program does with a 429.
const maxRetries = 0;

const ONE = "How is the weather in one city?";
const TWO = "How is the weather in two cities?";
const weather = ({ city }) => `rain on "${city}"`;
const said = (prompt) =>
  (prompt === TWO ? ["Ulm", "Bonn"] : ["Ulm"]).map((city) => `${city}: ${weather({ city })}`).join(", ");
const CITY = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};
const PLACE_SCHEMA = {
  type: "object",
  properties: { city: { type: "string" }, degrees: { type: "integer" } },
  required: ["city", "degrees"],
  additionalProperties: false,
};
const Place = z.object({ city: z.string(), degrees: z.number() });
const user = (content) => [{ role: "user", content }];

async function joined(parts, text = (part) => part) {
  let all = "";
  for await (const part of parts) {
    all += text(part);
  }
  return all;
}

// Each client has `say(model, prompt)` and `stream(model, prompt)`, which give a text, `tools` and `streamedTools`,
// which go through both turns and give the last text, and, where it offers that, `object(model)`, `embed(model)`,
// a loop of its `own`, and the options for `tools` that make it keep and return the `thinking`.
const openai = new OpenAI({ apiKey, baseURL: v1, maxRetries });
const chatTools = [{ type: "function", function: { name: "weather", parameters: CITY } }];

async function chatTurns(prompt, ask) {
  const first = await ask(user(prompt));
  const results = first.tool_calls.map((call) => ({
    role: "tool",
    tool_call_id: call.id,
    content: weather(JSON.parse(call.function.arguments)),
  }));
  return (await ask([...user(prompt), first, ...results])).content;
}

const openaiChat = {
  say: async (model, prompt) =>
    (await openai.chat.completions.create({ model, messages: user(prompt) })).choices[0].message.content,
  stream: async (model, prompt) =>
    joined(
      await openai.chat.completions.create({ model, messages: user(prompt), stream: true }),
      (chunk) => chunk.choices[0]?.delta.content ?? "",
    ),
  tools: (model, prompt, more) =>
    chatTurns(prompt, async (messages) =>
      (await openai.chat.completions.create({ model, messages, tools: chatTools, ...more })).choices[0].message,
    ),
  streamedTools: (model, prompt, more) =>
    chatTurns(prompt, (messages) =>
      openai.chat.completions.stream({ model, messages, tools: chatTools, ...more }).finalMessage(),
    ),
  own: (model, messages) => {
    const run = { ...chatTools[0].function, parse: JSON.parse, function: weather };
    const tools = [{ type: "function", function: run }];
    return openai.chat.completions.runTools({ model, messages, tools }).finalContent();
  },
  thinking: { reasoning_effort: "low" },
  object: async (model) => {
    const response_format = {
      type: "json_schema",
      json_schema: { name: "place", strict: true, schema: PLACE_SCHEMA },
    };
    const parsed = await openai.chat.completions.parse({ model, messages: user(ONE), response_format });
    return JSON.parse(parsed.choices[0].message.content);
  },
  embed: async (model) =>
    (await openai.embeddings.create({ model, input: ["one", "two"] })).data.map((row) => row.embedding),
};

const responseTools = [{ type: "function", name: "weather", parameters: CITY, strict: true }];

async function responseTurns(prompt, ask) {
  const first = await ask(user(prompt));
  const results = first.output
    .filter((item) => item.type === "function_call")
    .map((item) => ({
      type: "function_call_output",
      call_id: item.call_id,
      output: weather(JSON.parse(item.arguments)),
    }));
  const whole = await ask([...user(prompt), ...first.output, ...results]);
  const continued = await ask(results, first.id);
  assert.equal(continued.output_text, whole.output_text);
  return whole.output_text;
}

const openaiResponses = {
  say: async (model, input) => (await openai.responses.create({ model, input })).output_text,
  stream: async (model, input) =>
    joined(await openai.responses.create({ model, input, stream: true }), (event) =>
      event.type === "response.output_text.delta" ? event.delta : "",
    ),
  tools: (model, prompt, more) =>
    responseTurns(prompt, (input, previous_response_id) =>
      openai.responses.create({ model, input, previous_response_id, tools: responseTools, ...more }),
    ),
  streamedTools: (model, prompt, more) =>
    responseTurns(prompt, (input, previous_response_id) =>
      openai.responses
        .stream({ model, input, previous_response_id, tools: responseTools, ...more })
        .finalResponse(),
    ),
  thinking: { include: ["reasoning.encrypted_content"], reasoning: { effort: "low" } },
  object: async (model) => {
    const format = { type: "json_schema", name: "place", strict: true, schema: PLACE_SCHEMA };
    return (await openai.responses.parse({ model, input: ONE, text: { format } })).output_parsed;
  },
};

const anthropic = new Anthropic({ apiKey, baseURL: assay.url, maxRetries });
const messagesTools = [{ name: "weather", input_schema: CITY }];
const textOf = (message) => message.content.map((block) => block.text ?? "").join("");

async function messagesTurns(prompt, ask) {
  const first = await ask(user(prompt));
  assert.equal(first.stop_reason, "tool_use");
  const results = first.content
    .filter((block) => block.type === "tool_use")
    .map((block) => ({
      type: "tool_result",
      tool_use_id: block.id,
      content: weather(block.input),
    }));
  const turns = [{ role: "assistant", content: first.content }, { role: "user", content: results }];
  return textOf(await ask([...user(prompt), ...turns]));
}

const anthropicMessages = {
  say: async (model, prompt) =>
    textOf(await anthropic.messages.create({ model, max_tokens: 100, messages: user(prompt) })),
  stream: (model, prompt) =>
    anthropic.messages.stream({ model, max_tokens: 100, messages: user(prompt) }).finalText(),
  tools: (model, prompt, more) =>
    messagesTurns(prompt, (messages) =>
      anthropic.messages.create({ model, max_tokens: 2000, messages, tools: messagesTools, ...more }),
    ),
  streamedTools: (model, prompt, more) =>
    messagesTurns(prompt, (messages) =>
      anthropic.messages
        .stream({ model, max_tokens: 2000, messages, tools: messagesTools, ...more })
        .finalMessage(),
    ),
  // Left to itself the loop keeps the conversation on Anthropic's servers, which other providers cannot do.
  own: async (model, messages) => {
    const tools = [{ ...messagesTools[0], type: "custom", run: weather, parse: (input) => input }];
    return textOf(
      await anthropic.beta.messages.toolRunner({ model, max_tokens: 100, messages, tools, thread: false }),
    );
  },
  thinking: { thinking: { type: "enabled", budget_tokens: 1024 } },
  object: async (model) => {
    const output_config = { format: { type: "json_schema", schema: PLACE_SCHEMA } };
    const made = await anthropic.messages.create({ model, max_tokens: 100, messages: user(ONE), output_config });
    return JSON.parse(textOf(made));
  },
};

function vercel(models) {
  const tools = {
    weather: aiTool({ inputSchema: z.object({ city: z.string() }), execute: async (input) => weather(input) }),
  };
  const more = { maxRetries, tools, stopWhen: stepCountIs(2) };
  const streamed = async (options) => {
    let failure;
    const result = streamText({ ...options, onError: ({ error }) => (failure = error) });
    const text = await joined(result.textStream);
    if (failure) {
      throw failure;
    }
    return text;
  };
  return {
    say: async (model, prompt) => (await generateText({ model: models(model), prompt, maxRetries })).text,
    stream: (model, prompt) => streamed({ model: models(model), prompt, maxRetries }),
    tools: async (model, prompt, providerOptions) =>
      (await generateText({ model: models(model), prompt, providerOptions, ...more })).text,
    streamedTools: (model, prompt, providerOptions) =>
      streamed({ model: models(model), prompt, providerOptions, ...more }),
    object: async (model) =>
      (await generateObject({ model: models(model), schema: Place, prompt: ONE, maxRetries })).object,
  };
}

function langchain(models) {
  const tools = [langTool(weather, { name: "weather", schema: z.object({ city: z.string() }) })];
  const turns = async (prompt, ask) => {
    const first = await ask([new HumanMessage(prompt)]);
    const results = first.tool_calls.map(
      (call) => new ToolMessage({ tool_call_id: call.id, content: weather(call.args) }),
    );
    return (await ask([new HumanMessage(prompt), first, ...results])).text;
  };
  const gathered = async (stream) => {
    let whole;
    for await (const chunk of stream) {
      whole = whole ? whole.concat(chunk) : chunk;
    }
    return whole;
  };
  return {
    say: async (model, prompt) => (await models(model).invoke(prompt)).text,
    stream: async (model, prompt) => joined(await models(model).stream(prompt), (chunk) => chunk.text),
    tools: (model, prompt, more) =>
      turns(prompt, (messages) => models(model, more).bindTools(tools).invoke(messages)),
    streamedTools: (model, prompt, more) =>
      turns(prompt, async (messages) => gathered(await models(model, more).bindTools(tools).stream(messages))),
    object: (model) => models(model).withStructuredOutput(Place, { name: "place" }).invoke(ONE),
  };
}

const viaOpenAI = createOpenAI({ apiKey, baseURL: v1 });
const viaAnthropic = createAnthropic({ apiKey, baseURL: v1 });
const langOpenAI = (useResponsesApi) => (model, more) =>
  new ChatOpenAI({ model, apiKey, maxRetries, useResponsesApi, configuration: { baseURL: v1 }, ...more });
const encrypted = "reasoning.encrypted_content";

const clients = {
  "openai, chat": openaiChat,
  "openai, responses": openaiResponses,
  "@anthropic-ai/sdk": anthropicMessages,
  "@ai-sdk/openai, chat": {
    ...vercel(viaOpenAI.chat),
    embed: async (model) =>
      (await embedMany({ model: viaOpenAI.textEmbeddingModel(model), values: ["one", "two"], maxRetries }))
        .embeddings,
  },
  "@ai-sdk/openai, responses": {
    ...vercel(viaOpenAI.responses),
    thinking: { openai: { store: false, forceReasoning: true, include: [encrypted], reasoningSummary: "auto" } },
  },
  "@ai-sdk/anthropic": {
    ...vercel(viaAnthropic),
    thinking: { anthropic: { thinking: { type: "enabled", budgetTokens: 1024 } } },
  },
  "@langchain/openai, chat": {
    ...langchain(langOpenAI(false)),
    embed: (model) =>
      new OpenAIEmbeddings({ model, apiKey, maxRetries, configuration: { baseURL: v1 } }).embedDocuments([
        "one",
        "two",
      ]),
  },
  "@langchain/openai, responses": {
    ...langchain(langOpenAI(true)),
    thinking: { reasoning: { effort: "low" }, modelKwargs: { include: [encrypted] } },
  },
  "@langchain/anthropic": {
    ...langchain(
      (model, more) =>
        new ChatAnthropic({ model, maxTokens: 2000, apiKey, maxRetries, anthropicApiUrl: assay.url, ...more }),
    ),
    thinking: { thinking: { type: "enabled", budget_tokens: 1024 } },
  },
};

const refused = (failure) => {
  assert.equal(failure.status ?? failure.statusCode, 400, failure.stack);
  assert.match(failure.message, /In its own words\./);
};

const tasks = {
  text: async (client, provider) => assert.equal(await client.say(`${provider}/m`, "Hello"), TEXT),
  stream: async (client, provider) => assert.equal(await client.stream(`${provider}/m`, "Hello"), TEXT),
  "a tool": async (client, provider) => assert.equal(await client.tools(`${provider}/m`, ONE), said(ONE)),
  "two tools": async (client, provider) => assert.equal(await client.tools(`${provider}/m`, TWO), said(TWO)),
  "a streamed tool": async (client, provider) =>
    assert.equal(await client.streamedTools(`${provider}/m`, ONE), said(ONE)),
  "two streamed tools": async (client, provider) =>
    assert.equal(await client.streamedTools(`${provider}/m`, TWO), said(TWO)),
  "reasoning that comes back": async (client, provider) =>
    assert.equal(await client.tools(`${provider}/m-think`, TWO, client.thinking), said(TWO)),
  "streamed reasoning that comes back": async (client, provider) =>
    assert.equal(await client.streamedTools(`${provider}/m-think`, TWO, client.thinking), said(TWO)),
  "its own loop of tools": async (client, provider) =>
    assert.equal(await client.own(`${provider}/m`, user(TWO)), said(TWO)),
  "an object": async (client, provider) => assert.deepEqual(await client.object(`${provider}/m`), PLACE),
  "a retry": async (client, provider) => {
    assert.equal(await client.say(`${provider}/m-busy`, "Hello"), TEXT);
    assert.equal(await client.stream(`${provider}/m-busy`, "Hello"), TEXT);
  },
  "an error": async (client, provider) => {
    await assert.rejects(client.say(`${provider}/m-bad`, "Hello"), (failure) => !refused(failure));
    await assert.rejects(async () => client.stream(`${provider}/m-bad`, "Hello"), (failure) => !refused(failure));
  },
  // Anthropic has no embeddings, so the request is refused for that provider.
  embeddings: async (client, provider) => {
    const made = client.embed(`${provider}/m`);
    await (provider === "p-messages"
      ? assert.rejects(made, (failure) => failure.status === 400 || failure.statusCode === 400)
      : assert.deepEqual(await made, [VECTOR, VECTOR]));
  },
};
const NEEDS = {
  "reasoning that comes back": "thinking",
  "streamed reasoning that comes back": "thinking",
  "its own loop of tools": "own",
  "an object": "object",
  embeddings: "embed",
};

const chosen = process.argv.slice(2);
const totals = {};
for (const [name, client] of Object.entries(clients)) {
  totals[name] = { passed: 0, failed: 0 };
  for (const provider of PROVIDERS) {
    for (const [task, attempt] of Object.entries(tasks)) {
      const line = `${name} → ${provider}: ${task}`;
      if ((NEEDS[task] && !client[NEEDS[task]]) || !chosen.every((word) => line.includes(word))) {
        continue;
      }
      try {
        await attempt(client, provider);
        totals[name].passed++;
        console.log(`ok      ${line}`);
      } catch (failure) {
        totals[name].failed++;
        console.log(`FAILED  ${line}\n${failure.stack}`);
      }
    }
  }
}
await assay.stop();
await upstream.close();
console.table(totals);
process.exitCode = Object.values(totals).every(({ failed }) => failed === 0) ? 0 : 1;
