import type { SearchHit } from "@foyer/contract";
import { MessageSquare, Search, StickyNote, User } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { Bone } from "../../ui/state.tsx";
import { fullTime } from "../../ui/times.ts";
import { useNow } from "../../ui/use-now.ts";
import { tryAgainWords } from "../../ui/words.ts";
import { highlight } from "./model.ts";
import styles from "./search.module.css";
import { useSearch } from "./use-search.ts";
import { words } from "./words.ts";

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onChoose: (hit: SearchHit) => void;
}

/** Finds messages, notes and guests, and leads there. */
export function SearchDialog({ isOpen, onClose, onChoose }: Props) {
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={words.title} className={styles.dialog}>
      <SearchBody
        onChoose={(hit) => {
          onClose();
          onChoose(hit);
        }}
      />
    </Sheet>
  );
}

const noHits: readonly SearchHit[] = [];

function SearchBody({ onChoose }: Pick<Props, "onChoose">) {
  const [typed, setTyped] = useState("");
  const { query, result } = useSearch(typed);
  const hits = query === "" ? noHits : (result.data?.hits ?? noHits);
  const [{ active, of }, setState] = useState({ active: 0, of: hits });
  // Other hits begin at the first again.
  if (of !== hits) setState({ active: 0, of: hits });
  const setActive = (index: number) => setState({ active: index, of: hits });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      setActive((active + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      const hit = hits[active];
      if (hit) onChoose(hit);
    }
  };
  return (
    <>
      <div className={styles.field}>
        <Search size={16} strokeWidth={1.6} aria-hidden="true" />
        <input
          className={styles.input}
          // biome-ignore lint/a11y/noAutofocus: the dialog is this field
          autoFocus
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls="search-hits"
          aria-activedescendant={hits.length > 0 ? `search-hit-${active}` : undefined}
          aria-label={words.placeholder}
          placeholder={words.placeholder}
          autoComplete="off"
          spellCheck={false}
          maxLength={400}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={styles.results}>
        <Hits hits={hits} active={active} onActive={setActive} onChoose={onChoose} />
        {hits.length === 0 && <NoHits query={query} result={result} />}
      </div>
      <Foot hits={hits} result={result} />
    </>
  );
}

type Result = ReturnType<typeof useSearch>["result"];

interface HitsProps {
  readonly hits: readonly SearchHit[];
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onChoose: (hit: SearchHit) => void;
}

function Hits({ hits, active, onActive, onChoose }: HitsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} id="search-hits" role="listbox" aria-label={words.title}>
      {hits.map((hit, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above moves and chooses by keys
        <div
          key={`${hit.conversation.id}-${hit.entryId}`}
          id={`search-hit-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={cx(
            styles.hit,
            index === active && styles.isActive,
            hit.kind === "note" && styles.isNote,
          )}
          onPointerMove={() => onActive(index)}
          onClick={() => onChoose(hit)}
        >
          <Hit hit={hit} />
        </div>
      ))}
    </div>
  );
}

const icons = { message: MessageSquare, note: StickyNote, contact: User };

function Hit({ hit }: { readonly hit: SearchHit }) {
  const { property } = useWorkplace();
  const now = useNow();
  const Icon = icons[hit.kind];
  let offset = 0;
  return (
    <>
      <Icon
        className={styles.icon}
        size={16}
        strokeWidth={1.6}
        aria-label={words.kinds[hit.kind]}
      />
      <bdi className={styles.name}>{hit.conversation.title}</bdi>
      <span className={styles.time}>{fullTime(Date.parse(hit.at), now, property.timeZone)}</span>
      <span className={styles.excerpt} dir="auto">
        {highlight(hit.excerpt, hit.ranges).map((piece) => {
          const key = offset;
          offset += piece.text.length;
          return piece.isHit ? <mark key={key}>{piece.text}</mark> : piece.text;
        })}
      </span>
    </>
  );
}

function NoHits({ query, result }: { readonly query: string; readonly result: Result }) {
  if (query === "") return <p className={styles.said}>{words.hint}</p>;
  if (result.isError) {
    return (
      <div className={styles.said} role="alert">
        {words.error}
        <Button onClick={() => void result.refetch()}>{tryAgainWords}</Button>
      </div>
    );
  }
  if (result.isPending || result.isPlaceholderData) {
    return (
      <div className={styles.bones} role="status">
        <span className="unseen">{words.searching}</span>
        <Bone className={styles.bone} />
        <Bone className={styles.bone} />
        <Bone className={styles.bone} />
      </div>
    );
  }
  const shortfall = result.data?.shortfall;
  return (
    <p className={styles.said}>{shortfall ? words.shortfalls[shortfall] : words.none(query)}</p>
  );
}

function Foot({ hits, result }: { readonly hits: readonly SearchHit[]; readonly result: Result }) {
  const notice = noticeOf(hits, result);
  return (
    <div className={cx(styles.foot, notice === "" && styles.isQuiet)}>
      <span className={styles.notice} aria-live="polite">
        <span className="unseen">{hits.length > 0 ? words.found(hits.length) : ""}</span>
        {notice}
      </span>
      <span className={styles.keys}>
        <kbd>↑</kbd>
        <kbd>↓</kbd> {words.move}
      </span>
      <span className={styles.keys}>
        <kbd>↵</kbd> {words.open}
      </span>
      <span className={styles.keys}>
        <kbd>esc</kbd> {words.leave}
      </span>
    </div>
  );
}

const ignoredShownMax = 3;

/** What whoever reads the hits should know of them; one thing at a time. */
function noticeOf(hits: readonly SearchHit[], { data }: Result): string {
  if (!data) return "";
  if (!data.isUpToDate) return words.behind;
  if (hits.length === 0) return "";
  if (data.shortfall) return words.shortfalls[data.shortfall];
  if (data.isPartial) return words.partial;
  if (data.ignored.length > 0) return words.ignored(data.ignored.slice(0, ignoredShownMax));
  return "";
}
