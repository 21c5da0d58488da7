import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

const nearEdgePx = 600;
const atBottomPx = 48;

interface Shown {
  readonly firstId: string | undefined;
  readonly lastId: string | undefined;
  /** The newest entry that is not of the guest: sending always shows what was sent. */
  readonly lastOwnId: string | undefined;
}

interface Edges {
  readonly onNearTop: () => void;
  readonly onNearBottom: () => void;
}

/**
 * Keeps a timeline where somebody reads it: at the bottom it follows what is new, pages that come
 * in above move nothing, and growing of the composer hides nothing.
 */
export function useThreadScroll(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLDivElement | null>,
  shown: Shown,
  edges: Edges,
) {
  const isFollowing = useRef(true);
  const fromBottom = useRef(0);
  const before = useRef<Shown>({ firstId: undefined, lastId: undefined, lastOwnId: undefined });
  const [isAtBottom, setAtBottom] = useState(true);
  const latestEdges = useRef(edges);
  useEffect(() => {
    latestEdges.current = edges;
  });

  const toBottom = () => {
    const element = scroller.current;
    if (!element) return;
    isFollowing.current = true;
    element.scrollTop = element.scrollHeight;
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const was = before.current;
    before.current = shown;
    const isPrepended = was.firstId !== undefined && was.firstId !== shown.firstId;
    const hasSent = was.lastOwnId !== shown.lastOwnId && shown.lastOwnId === shown.lastId;
    if (was.firstId === undefined || isFollowing.current || hasSent) {
      isFollowing.current = true;
      element.scrollTop = element.scrollHeight;
    } else if (isPrepended && was.lastId === shown.lastId) {
      element.scrollTop = element.scrollHeight - fromBottom.current;
    }
  }, [shown, scroller]);

  useEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (!element || !inner) return;
    let known = "";
    const look = () => {
      const below = element.scrollHeight - element.scrollTop - element.clientHeight;
      fromBottom.current = element.scrollHeight - element.scrollTop;
      // A scroll that is told after something grew, and before that is told, was nobody's wish.
      const size = `${element.scrollHeight} ${element.clientHeight}`;
      if (size === known || below <= atBottomPx) isFollowing.current = below <= atBottomPx;
      setAtBottom(below <= atBottomPx * 3);
      if (element.scrollTop < nearEdgePx) latestEdges.current.onNearTop();
      if (below < nearEdgePx) latestEdges.current.onNearBottom();
    };
    const grown = new ResizeObserver(() => {
      known = `${element.scrollHeight} ${element.clientHeight}`;
      if (isFollowing.current) element.scrollTop = element.scrollHeight;
      look();
    });
    grown.observe(element);
    grown.observe(inner);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      grown.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, content]);

  const letGo = () => {
    isFollowing.current = false;
  };
  return { isAtBottom, toBottom, letGo };
}
