// A server in the place of five providers: OpenAI's Chat and Responses, Azure, Anthropic and Gemini. It understands a
// request in its own format and decides what a model would say; each format then says it whole or as a stream.
//
// A request whose prompt has "two" calls its tool twice. One with the results of tools is answered with a text that
// quotes each result behind the argument of its call, so it is right only when both came through. The model "bad" is
// refused, and every second request of the model "busy" is, with 429. The model "think" signs its thoughts before it
// calls, where its format can, and refuses results of tools that come without the signature.
import { createServer } from "node:http";

export const TEXT = "Grüße, 世界";
export const PLACE = { city: "Ulm", degrees: 7 };
const CITIES = ["Ulm", "Bonn"];
const THOUGHT = "I have to look.";
const SIGNATURE = "c2lnbmVkIGJ5IHRoZSBwcm92aWRlcg==";

const list = (content) => (Array.isArray(content) ? content : [{ type: "text", text: content ?? "" }]);
const words = (content) => list(content).map((part) => part.text ?? "").join("");

// What is to be said: a text, or the arguments of calls of a tool.
function decide({ prompt, calls, results, tools, forced, schema }) {
  if (results.length > 0) {
    return { text: results.map(({ id, text }) => `${calls[id]?.city ?? "?"}: ${text}`).join(", ") };
  }
  const tool = forced ?? tools[0];
  if (tool) {
    const cities = prompt.includes("two") ? CITIES : CITIES.slice(0, 1);
    const args = (city) => (tool === "weather" ? { city } : PLACE);
    return { calls: cities.map((city, at) => ({ id: `call_${at}`, name: tool, args: args(city) })) };
  }
  return { text: schema ? JSON.stringify(PLACE) : TEXT };
}

const halves = (text) => [text.slice(0, text.length / 2), text.slice(text.length / 2)];

const chat = {
  read: (body) => ({
    model: body.model,
    stream: body.stream === true,
    prompt: words(body.messages.findLast((message) => message.role === "user")?.content),
    calls: Object.fromEntries(
      body.messages
        .flatMap((message) => message.tool_calls ?? [])
        .map((call) => [call.id, JSON.parse(call.function.arguments)]),
    ),
    results: body.messages
      .filter((message) => message.role === "tool")
      .map((message) => ({ id: message.tool_call_id, text: words(message.content) })),
    tools: (body.tools ?? []).map((tool) => tool.function.name),
    forced: body.tool_choice?.function?.name,
    schema: body.response_format?.json_schema?.schema,
    signed: true,
  }),
  head: { id: "chatcmpl-1", created: 1741569952, model: "m" },
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  call: ({ id, name, args }) => ({
    id,
    type: "function",
    function: { name, arguments: JSON.stringify(args) },
  }),
  whole({ text, calls, thought }) {
    const message = {
      role: "assistant",
      content: text ?? null,
      reasoning_content: thought,
      tool_calls: calls?.map(this.call),
    };
    const choices = [{ index: 0, message, finish_reason: calls ? "tool_calls" : "stop" }];
    return { ...this.head, object: "chat.completion", choices, usage: this.usage };
  },
  stream({ text, calls, thought }) {
    const chunk = (choices, usage = null) => [
      null,
      { ...this.head, object: "chat.completion.chunk", choices, usage },
    ];
    const delta = (delta) => chunk([{ index: 0, delta, finish_reason: null }]);
    return [
      delta({ role: "assistant", content: text === undefined ? null : "" }),
      ...(thought ? [delta({ reasoning_content: thought })] : []),
      ...(text === undefined ? [] : halves(text)).map((content) => delta({ content })),
      ...(calls ?? []).map(this.call).flatMap((call, index) => [
        delta({ tool_calls: [{ index, ...call, function: { name: call.function.name, arguments: "" } }] }),
        ...halves(call.function.arguments).map((piece) =>
          delta({ tool_calls: [{ index, function: { arguments: piece } }] }),
        ),
      ]),
      chunk([{ index: 0, delta: {}, finish_reason: calls ? "tool_calls" : "stop" }]),
      chunk([], this.usage),
      [null, "[DONE]"],
    ];
  },
  error: (status, message) => ({ error: { message, type: "its_type", param: null, code: "its_code" } }),
};

const responses = {
  // By the identifier of a response: what it was asked and what it said.
  kept: new Map(),
  read(body) {
    const input = [
      ...(this.kept.get(body.previous_response_id) ?? []),
      ...(Array.isArray(body.input) ? body.input : [{ role: "user", content: body.input }]),
    ];
    this.asked = input;
    return {
      model: body.model,
      stream: body.stream === true,
      prompt: words(input.findLast((item) => item.role === "user")?.content),
      calls: Object.fromEntries(
        input
          .filter((item) => item.type === "function_call")
          .map((item) => [item.call_id, JSON.parse(item.arguments)]),
      ),
      results: input
        .filter((item) => item.type === "function_call_output")
        .map((item) => ({ id: item.call_id, text: words(item.output) })),
      tools: (body.tools ?? []).map((tool) => tool.name),
      forced: body.tool_choice?.name,
      schema: body.text?.format?.schema,
      signed: input.some((item) => item.encrypted_content === SIGNATURE),
    };
  },
  reasoning: (text) => ({
    type: "reasoning",
    id: "rs_1",
    summary: [{ type: "summary_text", text }],
    encrypted_content: SIGNATURE,
  }),
  output: ({ text, calls, thought }) => [
    ...(thought ? [responses.reasoning(thought)] : []),
    ...(calls?.map(({ id, name, args }) => ({
      type: "function_call",
      id: `fc_${id}`,
      call_id: id,
      name,
      arguments: JSON.stringify(args),
      status: "completed",
    })) ?? [
      {
        type: "message",
        id: "msg_1",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", text, annotations: [], logprobs: [] }],
      },
    ]),
  ],
  whole(said) {
    const id = `resp_${this.kept.size}`;
    this.kept.set(id, [...this.asked, ...this.output(said)]);
    return {
      id,
      object: "response",
      created_at: 1741569952,
      status: "completed",
      error: null,
      incomplete_details: null,
      instructions: null,
      metadata: {},
      model: "m",
      output: this.output(said),
      parallel_tool_calls: true,
      temperature: 1,
      tool_choice: "auto",
      tools: [],
      top_p: 1,
      usage: {
        input_tokens: 10,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: 5,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 15,
      },
    };
  },
  stream(said) {
    const whole = this.whole(said);
    const begun = { ...whole, status: "in_progress", output: [], usage: null };
    const events = [
      ["response.created", { response: begun }],
      ["response.in_progress", { response: begun }],
      ...whole.output.flatMap((item, output_index) => this.item(item, output_index)),
      ["response.completed", { response: whole }],
    ];
    return events.map(([type, data], at) => [type, { type, sequence_number: at, ...data }]);
  },
  item(item, output_index) {
    const place = { item_id: item.id, output_index };
    const added = (empty) => [
      "response.output_item.added",
      { output_index, item: { ...item, status: "in_progress", ...empty } },
    ];
    const done = ["response.output_item.done", { output_index, item }];
    if (item.type === "function_call") {
      return [
        added({ arguments: "" }),
        ...halves(item.arguments).map((delta) => [
          "response.function_call_arguments.delta",
          { ...place, delta },
        ]),
        ["response.function_call_arguments.done", { ...place, arguments: item.arguments, name: item.name }],
        done,
      ];
    }
    if (item.type === "reasoning") {
      const [part] = item.summary;
      const inside = { ...place, summary_index: 0 };
      return [
        ["response.output_item.added", { output_index, item: { ...item, summary: [] } }],
        ["response.reasoning_summary_part.added", { ...inside, part: { ...part, text: "" } }],
        ["response.reasoning_summary_text.delta", { ...inside, delta: part.text }],
        ["response.reasoning_summary_text.done", { ...inside, text: part.text }],
        ["response.reasoning_summary_part.done", { ...inside, part }],
        done,
      ];
    }
    const [part] = item.content;
    const inside = { ...place, content_index: 0 };
    return [
      added({ content: [] }),
      ["response.content_part.added", { ...inside, part: { ...part, text: "" } }],
      ...halves(part.text).map((delta) => ["response.output_text.delta", { ...inside, delta, logprobs: [] }]),
      ["response.output_text.done", { ...inside, text: part.text, logprobs: [] }],
      ["response.content_part.done", { ...inside, part }],
      done,
    ];
  },
  error: chat.error,
};

const messages = {
  read(body) {
    const parts = body.messages.flatMap((message) => list(message.content));
    return {
      model: body.model,
      stream: body.stream === true,
      prompt: words(body.messages.findLast((message) => message.role === "user")?.content),
      calls: Object.fromEntries(
        parts.filter((part) => part.type === "tool_use").map((part) => [part.id, part.input]),
      ),
      results: parts
        .filter((part) => part.type === "tool_result")
        .map((part) => ({ id: part.tool_use_id, text: words(part.content) })),
      tools: (body.tools ?? []).map((tool) => tool.name),
      forced: body.tool_choice?.name,
      schema: (body.output_config?.format ?? body.output_format)?.schema,
      signed: parts.some((part) => part.type === "thinking" && part.signature === SIGNATURE),
    };
  },
  whole: ({ text, calls, thought }) => ({
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "m",
    content: [
      ...(thought ? [{ type: "thinking", thinking: thought, signature: SIGNATURE }] : []),
      ...(calls?.map(({ id, name, args }) => ({ type: "tool_use", id, name, input: args })) ?? [
        { type: "text", text },
      ]),
    ],
    stop_reason: calls ? "tool_use" : "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 5 },
  }),
  stream(said) {
    const whole = this.whole(said);
    const block = (part, index) => {
      if (part.type === "thinking") {
        return [
          ["content_block_start", { index, content_block: { ...part, thinking: "", signature: "" } }],
          ["content_block_delta", { index, delta: { type: "thinking_delta", thinking: part.thinking } }],
          ["content_block_delta", { index, delta: { type: "signature_delta", signature: part.signature } }],
          ["content_block_stop", { index }],
        ];
      }
      const isText = part.type === "text";
      const empty = isText ? { text: "" } : { input: {} };
      const delta = (piece) =>
        isText ? { type: "text_delta", text: piece } : { type: "input_json_delta", partial_json: piece };
      return [
        ["content_block_start", { index, content_block: { ...part, ...empty } }],
        ...halves(isText ? part.text : JSON.stringify(part.input)).map((piece) => [
          "content_block_delta",
          { index, delta: delta(piece) },
        ]),
        ["content_block_stop", { index }],
      ];
    };
    const begun = { ...whole, content: [], stop_reason: null, usage: { input_tokens: 10, output_tokens: 1 } };
    return [
      ["message_start", { message: begun }],
      ["ping", {}],
      ...whole.content.flatMap(block),
      ["message_delta", { delta: { stop_reason: whole.stop_reason, stop_sequence: null }, usage: { output_tokens: 5 } }],
      ["message_stop", {}],
    ].map(([type, data]) => [type, { type, ...data }]);
  },
  error: (status, message) => ({
    type: "error",
    error: { type: status === 429 ? "rate_limit_error" : "invalid_request_error", message },
  }),
};

const gemini = {
  read(body, url) {
    const parts = body.contents.flatMap((content) => content.parts);
    const calls = parts.flatMap((part) => part.functionCall ?? []);
    const answers = parts.flatMap((part) => part.functionResponse ?? []);
    const forced = body.toolConfig?.functionCallingConfig;
    return {
      model: /models\/([^:]+):/.exec(url)[1],
      stream: url.includes(":streamGenerateContent"),
      prompt: words(body.contents.findLast((content) => content.role === "user")?.parts),
      // Gemini's calls have names and, since lately, ids; results without ids are in the order of the calls.
      calls: Object.fromEntries(calls.map((call, at) => [call.id ?? at, call.args])),
      results: answers.map((answer, at) => ({
        id: answer.name === calls[at].name ? (answer.id ?? at) : "of another tool",
        text: String(answer.response.output ?? answer.response.result),
      })),
      tools: (body.tools ?? []).flatMap((tool) => tool.functionDeclarations).map((tool) => tool.name),
      forced: forced?.allowedFunctionNames?.[0],
      schema: body.generationConfig?.responseJsonSchema ?? body.generationConfig?.responseSchema,
      signed: parts.some((part) => part.functionCall && part.thoughtSignature === SIGNATURE),
    };
  },
  chunk: (parts, last) => ({
    candidates: [{ index: 0, content: { role: "model", parts }, ...(last && { finishReason: "STOP" }) }],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
    modelVersion: "m",
    responseId: "r1",
  }),
  // The first call bears the signature of what was thought before it.
  parts: (calls, thought) => [
    ...(thought ? [{ text: thought, thought: true }] : []),
    ...calls.map(({ name, args }, at) => ({
      functionCall: { name, args },
      ...(thought && at === 0 && { thoughtSignature: SIGNATURE }),
    })),
  ],
  whole({ text, calls, thought }) {
    return this.chunk(calls ? this.parts(calls, thought) : [{ text }], true);
  },
  stream({ text, calls, thought }) {
    const parts = calls ? this.parts(calls, thought) : halves(text).map((half) => ({ text: half }));
    return parts.map((part, at) => [null, this.chunk([part], at === parts.length - 1)]);
  },
  error: (code, message) => ({
    error: { code, message, status: code === 429 ? "RESOURCE_EXHAUSTED" : "INVALID_ARGUMENT" },
  }),
};

export const VECTOR = [0.5, -0.25, 1];

// OpenAI's default is floats, but its own clients ask for base64.
function embedding(body) {
  const vector = body.encoding_format === "base64"
    ? Buffer.from(new Float32Array(VECTOR).buffer).toString("base64")
    : VECTOR;
  const inputs = Array.isArray(body.input) ? body.input : [body.input];
  return {
    object: "list",
    model: "m",
    data: inputs.map((_, index) => ({ object: "embedding", index, embedding: vector })),
    usage: { prompt_tokens: 3, total_tokens: 3 },
  };
}

const key = (request) =>
  request.headers.authorization ?? `Bearer ${
    request.headers["api-key"] ?? request.headers["x-api-key"] ?? request.headers["x-goog-api-key"]
  }`;

// By the path: what answers, in which format, and what must be in the headers.
const ROUTES = [
  [/^\/v1\/chat\/completions$/, chat, "authorization"],
  [/^\/v1\/responses$/, responses, "authorization"],
  [/^\/openai\/deployments\/m[^/]*\/chat\/completions\?api-version=2024-10-21$/, chat, "api-key"],
  [/^\/openai\/v1\/responses$/, responses, "api-key"],
  [/^\/v1\/messages$/, messages, "x-api-key"],
  [/^\/v1beta\/models\/[^:]+:(generateContent|streamGenerateContent\?alt=sse)$/, gemini, "x-goog-api-key"],
];

export async function startProviders(providerKey) {
  const busy = new Map();
  const answer = (request, body) => {
    if (/^(\/v1|\/openai\/deployments\/[^/]+)\/embeddings/.test(request.url)) {
      return [200, embedding(body)];
    }
    if (request.url.endsWith(":batchEmbedContents")) {
      return [200, { embeddings: body.requests.map(() => ({ values: VECTOR })) }];
    }
    const [, format, header] = ROUTES.find(([path]) => path.test(request.url)) ?? [];
    if (!format) {
      return [404, chat.error(404, `no such path: ${request.url}`)];
    }
    if (!request.headers[header] || key(request) !== `Bearer ${providerKey}`) {
      return [401, format.error(401, `no key in ${header}`)];
    }
    const asked = format.read(body, request.url);
    const model = request.url.startsWith("/openai/deployments/") ? request.url.split("/")[3] : asked.model;
    if (model === "m-bad") {
      return [400, format.error(400, "In its own words.")];
    }
    if (model === "m-busy" && !busy.delete(request.url)) {
      busy.set(request.url, true);
      return [429, format.error(429, "Later.")];
    }
    if (model === "m-think" && asked.results.length > 0 && !asked.signed) {
      return [400, format.error(400, "The signature did not come back.")];
    }
    const said = decide(asked);
    if (model === "m-think" && said.calls) {
      said.thought = THOUGHT;
    }
    return [200, asked.stream ? format.stream(said) : format.whole(said), asked.stream];
  };
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) {
      parts.push(part);
    }
    const body = parts.length === 0 ? null : JSON.parse(Buffer.concat(parts).toString("utf8"));
    const [status, content, streamed] = body === null ? [404, { error: {} }] : answer(request, body);
    if (process.env.SHOW) {
      console.error(request.url, JSON.stringify(body), status, JSON.stringify(content));
    }
    response.writeHead(status, { "content-type": streamed ? "text/event-stream" : "application/json" });
    if (!streamed) {
      response.end(JSON.stringify(content));
      return;
    }
    for (const [event, data] of content) {
      response.write(event ? `event: ${event}\n` : "");
      response.write(`data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
    }
    response.end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, close: () => new Promise((closed) => server.close(closed).closeAllConnections?.()) };
}

export const PROVIDERS = ["p-chat", "p-responses", "p-azure", "p-messages", "p-gemini"];
const KEY = "sk-the-key-at-the-provider";

// The providers and the environment that `assay serve` needs for them.
export async function fiveProviders() {
  const server = await startProviders(KEY);
  const provider = (name, format, path, more = "") =>
    `  ${name}:\n    format: ${format}\n    base-url: ${server.url}${path}\n    key: \${PROVIDER_KEY}\n    models: [m, m-bad, m-busy, m-think]\n${more}`;
  const configuration = [
    "local-servers: false\nretry:\n  backoff: 1ms\n  longest-backoff: 2ms\nproviders:\n",
    provider("p-chat", "openai", "/v1"),
    provider("p-responses", "openai", "/v1", "    api: responses\n"),
    provider("p-azure", "azure", ""),
    provider("p-messages", "anthropic", ""),
    provider("p-gemini", "gemini", "/v1beta"),
  ].join("");
  return { close: server.close, configuration, environment: { PROVIDER_KEY: KEY } };
}
