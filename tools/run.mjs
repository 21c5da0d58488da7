/** `npm run node -- FILE.ts [ARGUMENT…]`: installs what changed, then runs FILE on Node 24. */
import { become, command, findNode, installPackages, Unprepared } from "./prepare.mjs";

await command(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) throw new Unprepared("Which file? npm run node -- FILE.ts …");
  installPackages();
  become(findNode(), [file, ...args]);
});
