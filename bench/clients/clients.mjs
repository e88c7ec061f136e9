// Tries other official JavaScript clients against the simulator of a running program; see README.md.
import assert from "node:assert/strict";
import Anthropic from "@anthropic-ai/sdk";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { ChatAnthropic } from "@langchain/anthropic";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { embed, generateText, streamText } from "ai";
import OpenAI from "openai";
import { startAssay } from "./program.mjs";

const HELLO = "Grüße, 世界";
const assay = await startAssay({}, "local-servers: false\n").catch((failure) => {
  console.error(failure.message);
  process.exit(1);
});
const v1 = `${assay.url}/v1`;
const key = "sk-the-key-of-the-client";
const messages = [{ role: "user", content: HELLO }];
const anthropic = new Anthropic({ apiKey: key, baseURL: assay.url });
const openai = new OpenAI({ apiKey: key, baseURL: v1 });
const viaOpenAI = createOpenAI({ apiKey: key, baseURL: v1 });
const viaAnthropic = createAnthropic({ apiKey: key, baseURL: v1 });
const langOpenAI = new ChatOpenAI({ model: "sim/echo", apiKey: key, configuration: { baseURL: v1 } });
const langAnthropic = new ChatAnthropic({
  model: "sim/echo",
  maxTokens: 100,
  apiKey: key,
  anthropicApiUrl: assay.url,
});

async function joined(parts, text) {
  let all = "";
  for await (const part of parts) {
    all += text(part);
  }
  return all;
}

const checks = {
  async "@anthropic-ai/sdk: a message"() {
    const message = await anthropic.messages.create({ model: "sim/echo", max_tokens: 100, messages });
    assert.equal(message.content[0].text, HELLO);
    assert.equal(message.stop_reason, "end_turn");
  },
  async "@anthropic-ai/sdk: a streamed message"() {
    const stream = anthropic.messages.stream({ model: "sim/echo", max_tokens: 100, messages });
    assert.equal(await stream.finalText(), HELLO);
    assert.ok((await stream.finalMessage()).usage.output_tokens > 0);
  },
  async "@anthropic-ai/sdk: tokens are counted"() {
    const count = await anthropic.messages.countTokens({ model: "sim/echo", messages });
    assert.ok(count.input_tokens > 0);
  },
  async "@anthropic-ai/sdk: models"() {
    const ids = [];
    for await (const model of anthropic.models.list()) {
      ids.push(model.id);
    }
    assert.ok(ids.includes("sim/echo"));
    assert.equal((await anthropic.models.retrieve("sim/echo")).type, "model");
  },
  async "@anthropic-ai/sdk: a model that nobody has"() {
    await assert.rejects(
      anthropic.messages.create({ model: "nobody/m", max_tokens: 1, messages }),
      Anthropic.NotFoundError,
    );
  },
  async "openai: a response, and one that goes on from it"() {
    const first = await openai.responses.create({ model: "sim/echo", input: HELLO });
    assert.equal(first.output_text, HELLO);
    const next = await openai.responses.create({
      model: "sim/echo",
      previous_response_id: first.id,
      input: "And now?",
    });
    assert.equal(next.output_text, "And now?");
  },
  async "openai: a streamed response"() {
    const stream = openai.responses.stream({ model: "sim/echo", input: HELLO });
    assert.equal((await stream.finalResponse()).output_text, HELLO);
  },
  async "openai: embeddings in both encodings"() {
    for (const encoding_format of ["float", "base64", undefined]) {
      const { data } = await openai.embeddings.create({
        model: "sim/embedding",
        input: ["one", "two"],
        ...(encoding_format && { encoding_format }),
      });
      assert.equal(data.length, 2);
    }
  },
  async "ai, @ai-sdk/openai: text by Chat and by Responses"() {
    for (const model of [viaOpenAI.chat("sim/echo"), viaOpenAI.responses("sim/echo")]) {
      assert.equal((await generateText({ model, prompt: HELLO })).text, HELLO);
      assert.equal(await joined(streamText({ model, prompt: HELLO }).textStream, (t) => t), HELLO);
    }
  },
  async "ai, @ai-sdk/openai: an embedding"() {
    const model = viaOpenAI.textEmbeddingModel("sim/embedding");
    assert.ok((await embed({ model, value: "one" })).embedding.length > 0);
  },
  async "ai, @ai-sdk/anthropic: text"() {
    const model = viaAnthropic("sim/echo");
    assert.equal((await generateText({ model, prompt: HELLO })).text, HELLO);
    assert.equal(await joined(streamText({ model, prompt: HELLO }).textStream, (t) => t), HELLO);
  },
  async "@langchain/openai: text and embeddings"() {
    assert.equal((await langOpenAI.invoke(HELLO)).content, HELLO);
    assert.equal(await joined(await langOpenAI.stream(HELLO), (chunk) => chunk.text), HELLO);
    const embeddings = new OpenAIEmbeddings({
      model: "sim/embedding",
      apiKey: key,
      configuration: { baseURL: v1 },
    });
    assert.ok((await embeddings.embedQuery("one")).length > 0);
  },
  async "@langchain/anthropic: text"() {
    assert.equal((await langAnthropic.invoke(HELLO)).text, HELLO);
    assert.equal(await joined(await langAnthropic.stream(HELLO), (chunk) => chunk.text), HELLO);
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
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
