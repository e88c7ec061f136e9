// Starts the five providers and the program, and LangChain4j against them; see README.md.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { PROVIDERS, fiveProviders } from "./formats.mjs";
import { startAssay } from "./program.mjs";

const upstream = await fiveProviders();
const assay = await startAssay(upstream.environment, upstream.configuration);
const maven = spawn(
  "mvn",
  ["-q", "-B", "compile", "exec:java", `-Dexec.args=${assay.url} ${PROVIDERS.join(" ")}`],
  { cwd: fileURLToPath(new URL("langchain4j", import.meta.url)), stdio: "inherit" },
);
const [code] = await once(maven, "exit");
await assay.stop();
await upstream.close();
process.exitCode = code;
