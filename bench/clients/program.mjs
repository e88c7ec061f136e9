// Starts `assay serve` on a free port with a home of its own, and stops it again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../../assay", import.meta.url));

export async function startAssay(environment, configuration) {
  const home = await mkdtemp(join(tmpdir(), "assay-clients-"));
  await writeFile(join(home, "assay.yaml"), configuration);
  const child = spawn(LAUNCHER, ["serve", "--port", "0", "--home", home], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const ready = /serves on (http:\/\/\S+)/.exec(line);
    if (ready) {
      child.stderr.resume();
      return { url: ready[1], stop: () => stop(child, home) };
    }
  }
  await rm(home, { recursive: true });
  throw new Error(`assay did not get ready:\n${said.join("\n")}`);
}

async function stop(child, home) {
  child.kill("SIGTERM");
  await once(child, "exit");
  await rm(home, { recursive: true });
}
