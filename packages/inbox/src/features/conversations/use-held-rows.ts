import type { Conversation } from "@foyer/contract";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { knownConversation } from "../../data/acts.ts";
import { anchorShift, freeRows, holdRows, type ShownRow } from "./model.ts";

/**
 * Keeps the row under the pointer where it is: while somebody points at the list, its order is
 * held; when rows come in above what is in sight, the scroll position moves along with them.
 */
export function useHeldRows(
  items: readonly Conversation[],
  scroller: RefObject<HTMLDivElement | null>,
  rowHeight: number,
) {
  const [isHeld, setHeld] = useState(false);
  const shown = useRef<readonly ShownRow[]>([]);
  const [newAbove, setNewAbove] = useState(0);
  const held = useMemo(() => {
    const isHolding = isHeld && shown.current.length > 0;
    return isHolding
      ? holdRows(shown.current, items, knownConversation)
      : { rows: freeRows(items), hiddenCount: 0 };
  }, [isHeld, items]);
  const { rows } = held;

  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = rows;
    const element = scroller.current;
    if (!element || before.length === 0 || element.scrollTop < rowHeight / 2) {
      setNewAbove(0);
      return;
    }
    const first = Math.floor(element.scrollTop / rowHeight);
    const shift = anchorShift(before, rows, first);
    if (shift === 0) return;
    element.scrollTop += shift * rowHeight;
    if (shift > 0) setNewAbove((count) => count + shift);
  }, [rows, scroller, rowHeight]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const hold = (event: PointerEvent) => event.pointerType === "mouse" && setHeld(true);
    const release = () => setHeld(false);
    const atTop = () => element.scrollTop < rowHeight / 2 && setNewAbove(0);
    element.addEventListener("pointermove", hold);
    element.addEventListener("pointerleave", release);
    element.addEventListener("scroll", atTop, { passive: true });
    return () => {
      element.removeEventListener("pointermove", hold);
      element.removeEventListener("pointerleave", release);
      element.removeEventListener("scroll", atTop);
    };
  }, [scroller, rowHeight]);

  const showNew = () => {
    setHeld(false);
    setNewAbove(0);
    scroller.current?.scrollTo({ top: 0 });
  };
  return { rows, newCount: held.hiddenCount + newAbove, showNew };
}
