// Tries OpenAI's official JavaScript client against a running program; see README.md.
import assert from "node:assert/strict";
import OpenAI from "openai";
import { startAssay } from "./program.mjs";
import { COST, USAGE, completion, error, startUpstream, stream } from "./upstream.mjs";

const CLIENT_KEY = "sk-the-key-of-the-client";
const PROVIDER_KEY = "sk-the-key-at-the-provider";
const HELLO = { messages: [{ role: "user", content: "Grüße, 世界" }] };
const WEATHER = {
  type: "function",
  function: {
    name: "weather",
    parameters: { type: "object", properties: { city: { type: "string" } } },
  },
};

const upstream = await startUpstream();
const assay = await startAssay(
  { OPENAI_API_KEY: PROVIDER_KEY, OPENAI_BASE_URL: upstream.url },
  "aliases:\n  panel: openai/gpt-4o-mini\nretry:\n  backoff: 1ms\n  longest-backoff: 2ms\n",
).catch((failure) => {
  console.error(failure.message);
  process.exit(1);
});
const client = new OpenAI({ apiKey: CLIENT_KEY, baseURL: `${assay.url}/v1` });

async function recorded(response) {
  const id = response.headers.get("x-assay-call-id");
  return (await fetch(`${assay.url}/api/calls/${id}`)).json();
}

async function all(chunks) {
  const got = [];
  for await (const chunk of chunks) {
    got.push(chunk);
  }
  return got;
}

const text = (chunks) => chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");

const checks = {
  async "chat with a bare name, a prefixed name and an alias"() {
    for (const model of ["gpt-4o-mini", "openai/gpt-4o-mini", "panel"]) {
      upstream.reply(completion({ content: "Hi" }));
      const { data, response } = await client.chat.completions
        .create({ model, ...HELLO })
        .withResponse();
      assert.equal(data.choices[0].message.content, "Hi");
      assert.equal(response.headers.get("x-assay-cost-usd"), COST);
      const sent = upstream.asked.at(-1);
      assert.deepEqual(JSON.parse(sent.body), { model: "gpt-4o-mini", ...HELLO });
      assert.equal(sent.headers.authorization, `Bearer ${PROVIDER_KEY}`);
      assert.ok(!JSON.stringify(sent).includes(CLIENT_KEY));
      assert.equal((await recorded(response)).status, "success");
    }
  },

  async "a stream without usage, which the ledger has"() {
    upstream.reply(stream([{ role: "assistant" }, { content: "Hel" }, { content: "lo" }]));
    const { data, response } = await client.chat.completions
      .create({ model: "gpt-4o-mini", stream: true, ...HELLO })
      .withResponse();
    const chunks = await all(data);
    assert.equal(text(chunks), "Hello");
    assert.ok(chunks.every((chunk) => !chunk.usage && chunk.choices.length === 1));
    assert.equal((await recorded(response)).tokens_json.total, USAGE.total_tokens);
  },

  async "a stream with usage for who asks"() {
    upstream.reply(stream([{ role: "assistant" }, { content: "Hello" }]));
    const chunks = await all(
      await client.chat.completions.create({
        model: "gpt-4o-mini",
        stream: true,
        stream_options: { include_usage: true },
        ...HELLO,
      }),
    );
    assert.deepEqual(chunks.at(-1).usage, USAGE);
    assert.deepEqual(chunks.at(-1).choices, []);
  },

  async "tools: a call, its result, a stream of a call"() {
    const call = {
      id: "call_a",
      type: "function",
      function: { name: "weather", arguments: '{"city":"Ulm"}' },
    };
    upstream.reply(completion({ content: null, tool_calls: [call] }, "tool_calls"));
    const asked = await client.chat.completions.create({
      model: "gpt-4o-mini",
      tools: [WEATHER],
      ...HELLO,
    });
    assert.deepEqual(asked.choices[0].message.tool_calls, [call]);
    upstream.reply(completion({ content: "It rains." }));
    const told = await client.chat.completions.create({
      model: "gpt-4o-mini",
      tools: [WEATHER],
      messages: [
        ...HELLO.messages,
        asked.choices[0].message,
        { role: "tool", tool_call_id: "call_a", content: "rain" },
      ],
    });
    assert.equal(told.choices[0].message.content, "It rains.");
    assert.equal(JSON.parse(upstream.asked.at(-1).body).messages.length, 3);

    upstream.reply(
      stream(
        [
          { role: "assistant", tool_calls: [{ index: 0, ...call, function: { name: "weather", arguments: "" } }] },
          { tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] },
          { tool_calls: [{ index: 0, function: { arguments: '"Ulm"}' } }] },
        ],
        { finish: "tool_calls" },
      ),
    );
    const streamed = client.chat.completions.stream({
      model: "gpt-4o-mini",
      tools: [WEATHER],
      ...HELLO,
    });
    const whole = await streamed.finalChatCompletion();
    assert.equal(whole.choices[0].message.tool_calls[0].function.arguments, '{"city":"Ulm"}');
  },

  async "errors in the provider's words, each with its class, without retries of the client"() {
    const table = [
      [400, OpenAI.BadRequestError, 1],
      [401, OpenAI.AuthenticationError, 1],
      [403, OpenAI.PermissionDeniedError, 1],
      [404, OpenAI.NotFoundError, 1],
      [409, OpenAI.ConflictError, 1],
      [413, OpenAI.APIError, 1],
      [422, OpenAI.UnprocessableEntityError, 1],
      [429, OpenAI.RateLimitError, 4],
      [500, OpenAI.InternalServerError, 4],
      [503, OpenAI.InternalServerError, 4],
      [529, OpenAI.InternalServerError, 4],
    ];
    for (const [status, type, attempts] of table) {
      const before = upstream.asked.length;
      upstream.reply(...Array(attempts).fill(error(status, "In its own words.", "its_code")));
      const thrown = await client.chat.completions
        .create({ model: "gpt-4o-mini", ...HELLO })
        .then(assert.fail, (failure) => failure);
      assert.ok(thrown instanceof type, `${status}: ${thrown}`);
      assert.equal(thrown.status, status);
      assert.match(thrown.message, /In its own words\./);
      assert.equal(thrown.code, "its_code");
      assert.equal(upstream.asked.length - before, attempts, `attempts of ${status}`);
    }
  },

  async "a model of a provider that has no key"() {
    await assert.rejects(
      client.chat.completions.create({ model: "hyperbolic/llama", ...HELLO }),
      (thrown) => thrown instanceof OpenAI.NotFoundError && thrown.code === "model_not_found",
    );
  },

  async "a stream that breaks ends as an error"() {
    upstream.reply(stream([{ role: "assistant" }, { content: "Hel" }], { broken: true }));
    const { data, response } = await client.chat.completions
      .create({ model: "gpt-4o-mini", stream: true, ...HELLO })
      .withResponse();
    await assert.rejects(all(data), OpenAI.APIError);
    assert.equal((await recorded(response)).error_code, "connection_lost");
  },

  async "the list of models, and one of them"() {
    const ids = (await all(await client.models.list())).map((model) => model.id);
    for (const id of ["panel", "openai/gpt-4o-mini", "sim/echo"]) {
      assert.ok(ids.includes(id), `${id} in ${ids}`);
    }
    assert.equal((await client.models.retrieve("sim/echo")).id, "sim/echo");
  },

  async "the simulator, in one piece and as a stream"() {
    const { data, response } = await client.chat.completions
      .create({ model: "sim/echo", ...HELLO })
      .withResponse();
    assert.equal(data.choices[0].message.content, "Grüße, 世界");
    assert.equal(response.headers.get("x-assay-simulated"), "true");
    const chunks = await all(
      await client.chat.completions.create({
        model: "sim/small",
        stream: true,
        stream_options: { include_usage: true },
        ...HELLO,
      }),
    );
    assert.ok(text(chunks).length > 0);
    assert.ok(chunks.at(-1).usage.total_tokens > 0);
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok      ${name}`);
  } catch (failure) {
    failed++;
    console.log(`FAILED  ${name}\n${failure.stack}`);
  }
}
await assay.stop();
await upstream.close();
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
