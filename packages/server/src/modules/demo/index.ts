export { type DemoFound, findDemo } from "./find-demo.ts";
export { makeDemo } from "./make-demo.ts";
export { demoAgents, demoPassword, demoPast, demoStories } from "./script.ts";
