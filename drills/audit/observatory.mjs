// Score pages with Mozilla's Observatory: node observatory.mjs PACKAGE HOST HTTP_PORT HTTPS_PORT PATH...
// The package scans hosts of the web. Here whatever name it asks for is this machine, and its ports 80 and 443 are the front's.
import net from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , root, host, httpPort, httpsPort, ...paths] = process.argv;
const ports = { 80: Number(httpPort), 443: Number(httpsPort) };

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (!(options.port in ports)) throw new Error(`The Observatory wanted to reach ${options.host}:${options.port}`);
  Object.assign(options, { host: "127.0.0.1", port: ports[options.port] });
  return connect.apply(this, args);
};

const load = (file) => import(pathToFileURL(path.join(root, "src", file)));
const { retrieve } = await load("retriever/retriever.js");
const { ALL_TESTS } = await load("constants.js");
const { getGradeForScore, getScoreModifier } = await load("grader/grader.js");

for (const each of paths) {
  // As the package's own scan() counts, which scores no page of an error.
  const found = await retrieve(host, { path: each });
  if (!found.responses.auto) throw new Error(`No answer from ${each}`);
  const results = ALL_TESTS.map((test) => test(found));
  const modifiers = results.map(({ result }) => getScoreModifier(result));
  const uncurved = 100 + modifiers.filter((points) => points < 0).reduce((sum, points) => sum + points, 0);
  const score = uncurved < 90 ? uncurved : 100 + modifiers.reduce((sum, points) => sum + points, 0);
  const lost = results.filter(({ pass }) => !pass).map(({ result }) => result);
  console.log(JSON.stringify({ path: each, status: found.responses.auto.status, lost, ...getGradeForScore(score) }));
}
