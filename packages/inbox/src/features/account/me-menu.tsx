import { Keyboard, LogOut, MonitorSmartphone } from "lucide-react";
import { changeSettings, settings, type Theme } from "../../data/settings.ts";
import { useStore } from "../../store/use-store.ts";
import { playChime } from "../../ui/chime.ts";
import { runCommand } from "../../ui/commands.ts";
import { MenuCheck, MenuChoice, MenuGroup, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { words } from "./words.ts";

interface Props {
  readonly onSessions: () => void;
  readonly onSignOut: () => void;
}

const themes = (["system", "light", "dark"] as const).map((value) => ({
  value,
  label: words.themes[value],
}));

/** What is mine: theme, sessions, shortcuts, signing out. */
export function MeMenu({ onSessions, onSignOut }: Props) {
  const theme = useStore(settings, (all) => all.theme);
  const hasSound = useStore(settings, (all) => all.hasSound);
  return (
    <>
      <MenuChoice<Theme>
        label={words.theme}
        value={theme}
        choices={themes}
        onChoose={(value) => changeSettings({ theme: value })}
        stays
      />
      <MenuLine />
      <MenuGroup label={words.sound}>
        <MenuCheck
          isOn={hasSound}
          onSwitch={(isOn) => {
            changeSettings({ hasSound: isOn });
            if (isOn) playChime();
          }}
        >
          {words.soundOn}
        </MenuCheck>
      </MenuGroup>
      <MenuLine />
      <MenuItem icon={<MonitorSmartphone size={16} strokeWidth={1.6} />} onClick={onSessions}>
        {words.sessions}
      </MenuItem>
      <MenuItem
        icon={<Keyboard size={16} strokeWidth={1.6} />}
        onClick={() => runCommand("keymap.open")}
        end={<kbd>?</kbd>}
      >
        {words.keymap}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<LogOut size={16} strokeWidth={1.6} />} onClick={onSignOut}>
        {words.signOut}
      </MenuItem>
    </>
  );
}
