import { type Channel, type Conversation, limits } from "@foyer/contract";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Draft, draftOf, drafts, keepDraft } from "../../data/drafts.ts";
import { say } from "../../data/outbox-sender.ts";
import { useChannels } from "../../data/people.ts";
import { type PresenceSender, sendPresence } from "../../data/presence.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { useStore } from "../../store/use-store.ts";
import { Button } from "../../ui/button.tsx";
import { mediumWords } from "../../ui/channel-words.ts";
import { cx } from "../../ui/class-names.ts";
import { useCommand } from "../../ui/use-command.ts";
import styles from "./composer.module.css";
import { type Count, countOf, isSendKey, shortNameOf } from "./model.ts";
import { words } from "./words.ts";

type Kind = keyof Draft;

/** Where an answer or a note is written. Mounted anew for each conversation. */
export function Composer({ conversation }: { readonly conversation: Conversation }) {
  const { may } = useWorkplace();
  const presence = usePresence(conversation);
  const canReply = may("conversation.reply");
  if (!canReply && !may("conversation.note")) {
    return <p className={styles.readOnly}>{words.readOnly}</p>;
  }
  return <Writing conversation={conversation} canReply={canReply} presence={presence} />;
}

interface WritingProps {
  readonly conversation: Conversation;
  readonly canReply: boolean;
  readonly presence: () => PresenceSender | undefined;
}

function Writing(props: WritingProps) {
  const { kind, choose, text, write, count, canSend, send, name, textLabel, input } =
    useWriting(props);
  const isNote = kind === "note";
  useGrowing(input, text);
  useCommand("thread.reply", () => choose("message"));
  useCommand("thread.note", () => choose("note"));
  return (
    <section className={cx(styles.composer, isNote && styles.isNote)} aria-label={words.composer}>
      <Tabs kind={kind} onKind={choose} textLabel={textLabel} />
      <textarea
        ref={input}
        className={styles.input}
        rows={1}
        value={text}
        dir="auto"
        placeholder={isNote ? words.noteHint : words.messageHint(name)}
        aria-label={isNote ? words.note : words.messageHint(name)}
        aria-invalid={count.isOver}
        aria-describedby={count.isShown ? "composer-count" : undefined}
        enterKeyHint="send"
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          const { key, shiftKey, altKey, keyCode, nativeEvent } = event;
          const { isComposing } = nativeEvent;
          if (isSendKey({ key, shiftKey, altKey, keyCode, isComposing })) {
            event.preventDefault();
            send();
          } else if (key === "Escape") input.current?.blur();
        }}
      />
      <div className={styles.bar}>
        {textLabel === null && props.canReply && <span className={styles.hint}>{words.ended}</span>}
        {(count.isShown || count.isOver) && <Counter count={count} />}
        <Button look={isNote ? "note" : "primary"} disabled={!canSend} onClick={send}>
          {isNote ? words.addNote : words.send}
          <kbd>↵</kbd>
        </Button>
      </div>
    </section>
  );
}

/** What is being written, as what, and how it goes out. */
function useWriting({ conversation, canReply, presence }: WritingProps) {
  const { property } = useWorkplace();
  const channel = useChannels(property.id).get(conversation.channelId);
  const mayText = canReply && channel?.isActive !== false;
  const [chosen, setChosen] = useState<Kind>(() => startKind(conversation));
  const kind = mayText ? chosen : "note";
  const text = useStore(drafts, (all) => all.get(conversation.id)?.[kind] ?? "");
  const input = useRef<HTMLTextAreaElement>(null);
  const name = shortNameOf(conversation.title, conversation.hasName);
  const count = countOf(text, charactersMax(kind, channel));
  const canSend = count.used > 0 && !count.isOver;
  const choose = (next: Kind) => {
    setChosen(next);
    requestAnimationFrame(() => input.current?.focus());
  };
  const write = (value: string) => {
    keepDraft(conversation.id, kind, value);
    if (value.trim() === "") presence()?.idle();
    else presence()?.typing(kind);
  };
  const send = () => {
    if (!canSend) return;
    say(conversation.id, kind, text.trim());
    keepDraft(conversation.id, kind, "");
    presence()?.idle();
    input.current?.focus();
  };
  const medium = channel ? mediumWords[channel.medium] : "";
  const textLabel = mayText ? words.text(name, medium) : null;
  return { kind, choose, text, write, count, canSend, send, name, textLabel, input };
}

/** A note is bound by the contract alone, a message also by its channel. */
function charactersMax(kind: Kind, channel: Channel | undefined): number {
  const { entryTextCharactersMax } = limits;
  if (kind === "note" || !channel) return entryTextCharactersMax;
  return channel.capabilities.textCharactersMax;
}

/** A draft of a note alone opens as a note. */
function startKind(conversation: Conversation): Kind {
  const draft = draftOf(conversation.id);
  return draft.message === "" && draft.note !== "" ? "note" : "message";
}

function Counter({ count }: { readonly count: Count }) {
  const text = count.isOver
    ? words.over(count.used - count.max)
    : words.characters(count.used, count.max);
  return (
    <span id="composer-count" className={cx(styles.count, count.isOver && styles.over)}>
      {text}
    </span>
  );
}

interface TabsProps {
  readonly kind: Kind;
  readonly onKind: (kind: Kind) => void;
  /** Null: only notes can be written. */
  readonly textLabel: string | null;
}

function Tabs({ kind, onKind, textLabel }: TabsProps) {
  const tabs: { kind: Kind; label: string }[] = [
    ...(textLabel === null ? [] : [{ kind: "message" as const, label: textLabel }]),
    { kind: "note", label: words.note },
  ];
  const other = kind === "note" && textLabel !== null ? "message" : "note";
  return (
    <div
      className={styles.tabs}
      role="tablist"
      aria-label={words.composer}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") onKind(other);
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab.kind}
          type="button"
          role="tab"
          className={styles.tab}
          aria-selected={tab.kind === kind}
          tabIndex={tab.kind === kind ? 0 : -1}
          onClick={() => onKind(tab.kind)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

/** One to eight lines high; where the browser does not size a field by its content, we do. */
function useGrowing(input: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = input.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = text === "" ? "" : `${element.scrollHeight}px`;
  }, [input, text]);
}

/** Tells colleagues that I am here, as long as the conversation is open. */
function usePresence(conversation: Conversation): () => PresenceSender | undefined {
  const sender = useRef<PresenceSender>(undefined);
  const { id } = conversation;
  useEffect(() => {
    const current = sendPresence(id);
    sender.current = current;
    return () => current.leave();
  }, [id]);
  return () => sender.current;
}
