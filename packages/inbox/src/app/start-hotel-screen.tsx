import { useEffect } from "react";
import { StartHotelPage } from "../features/sign-in/start-hotel-page.tsx";
import { words } from "./words.ts";

/** Begins with a hotel of one's own; the page then begins anew, as its owner's. */
export function StartHotelScreen() {
  useEffect(() => {
    document.title = words.startHotel;
  }, []);
  return <StartHotelPage onStarted={() => location.replace("/")} />;
}
