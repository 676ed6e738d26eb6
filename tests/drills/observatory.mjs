// Scans pages with Mozilla's own tests and score: node observatory.mjs PACKAGE PORT PAGES.json
// The package's own command refuses what is no success; error pages are scored here as well.
import fs from "node:fs";
import path from "node:path";

const [, , folder, port, pages] = process.argv;
const load = (file) => import(path.join(folder, "src", file));
const { retrieve } = await load("retriever/retriever.js");
const { ALL_TESTS } = await load("constants.js");
const { getGradeForScore, getScoreModifier } = await load("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await load("grader/charts.js");

const scan = async ({ name, path: address, cookie }) => {
  const headers = ["Accept: text/html,*/*;q=0.8"];
  if (cookie) headers.push(`Cookie: ${cookie}`);
  const found = await retrieve("localhost", {
    httpPort: port,
    httpsPort: port,
    path: address,
    headers,
  });
  const answer = found.responses.auto;
  const none = { name, path: address, status: 0, score: 0, grade: "F", passed: 0, of: ALL_TESTS.length };
  if (!answer) return none;
  const results = ALL_TESTS.map((test) => test(found));
  let all = 100;
  let plain = 100;
  for (const result of results) {
    const points = getScoreModifier(result.result);
    all += points;
    plain += Math.min(points, 0);
  }
  const { score, grade } = getGradeForScore(plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : plain);
  return {
    name,
    path: address,
    status: answer.status,
    type: answer.headers["content-type"],
    score,
    grade,
    passed: results.filter((result) => result.pass).length,
    of: results.length,
    results: results.map((result) => result.result),
  };
};

const scans = [];
for (const page of JSON.parse(fs.readFileSync(pages, "utf8"))) scans.push(await scan(page));
console.log(JSON.stringify(scans));
