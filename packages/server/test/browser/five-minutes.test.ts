import { walkFiveMinutes } from "./five-minutes.ts";
import { setStage } from "./stage.ts";

const journey = setStage({ hasFortnight: true });

journey("the first five minutes, from the printed address to the lamp that is found", (stage) =>
  walkFiveMinutes(stage),
);
