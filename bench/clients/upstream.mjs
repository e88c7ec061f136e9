// A server in OpenAI's place: it replies what a check has put in, and remembers what it was asked.
import { createServer } from "node:http";

const MODELS = {
  object: "list",
  data: [{ id: "gpt-4o-mini", object: "model", created: 1721172741, owned_by: "system" }],
};

export const USAGE = {
  prompt_tokens: 1000,
  completion_tokens: 200,
  total_tokens: 1200,
  prompt_tokens_details: { cached_tokens: 400 },
};

// What USAGE costs with gpt-4o-mini: (600 × 0.15 + 400 × 0.075 + 200 × 0.60) / 1,000,000.
export const COST = "0.00024";

const head = { id: "chatcmpl-1", created: 1741569952, model: "gpt-4o-mini-2024-07-18" };

export function completion(message, finish = "stop") {
  const choice = { index: 0, message: { role: "assistant", ...message }, finish_reason: finish };
  return json(200, { ...head, object: "chat.completion", choices: [choice], usage: USAGE });
}

export function json(status, body, headers = {}) {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

export function error(status, message, code) {
  return json(status, { error: { message, type: "some_type", param: null, code } });
}

// Streams deltas; breaks the connection after them when `broken`.
export function stream(deltas, { finish = "stop", broken = false } = {}) {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (choices, usage = null) =>
      response.write(
        `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices, usage })}\n\n`,
      );
    for (const delta of deltas) {
      send([{ index: 0, delta, finish_reason: null }]);
    }
    if (broken) {
      response.socket.end();
      return;
    }
    send([{ index: 0, delta: {}, finish_reason: finish }]);
    send([], USAGE);
    response.end("data: [DONE]\n\n");
  };
}

export async function startUpstream() {
  const script = [];
  const asked = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) {
      parts.push(part);
    }
    if (request.url === "/v1/models") {
      json(200, MODELS)(response);
      return;
    }
    asked.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
    (script.shift() ?? error(418, "unscripted", "unscripted"))(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    asked,
    reply: (...replies) => script.push(...replies),
    close: () => new Promise((closed) => server.close(closed).closeAllConnections?.()),
  };
}
