"use client";

import clsx from "clsx";
import { type ReactNode, useEffect, useRef, useState } from "react";

type MenuProps = {
  /** What the button shows. */
  label: ReactNode;
  /** The button's name when its content is a picture. */
  name?: string;
  children: ReactNode;
  /** Classes of the button. */
  className?: string;
  /** Where the panel opens, seen from the button. */
  side?: "below" | "above";
  align?: "start" | "end";
  panelClassName?: string;
  /** Makes the panel's content only when it opens, for one with many parts; it then needs the script. */
  lazy?: boolean;
};

/**
 * A button with a panel of links or small forms. Built on <details>, so it opens before any script has come;
 * the script only closes it: on Escape, on a click elsewhere, on a chosen link, when the focus leaves.
 */
export function Menu({
  label,
  name,
  children,
  className,
  side = "below",
  align = "start",
  panelClassName,
  lazy = false,
}: MenuProps) {
  const box = useRef<HTMLDetailsElement>(null);
  const [isFilled, setFilled] = useState(!lazy);

  useEffect(() => {
    if (!box.current) return;
    // It may have been opened before this script came.
    if (box.current.open) setFilled(true);
    return closeWhenDone(box.current);
  }, []);

  return (
    <details ref={box} onToggle={() => setFilled(true)} className="relative">
      <summary aria-label={name} className={className}>
        {label}
      </summary>
      <div
        className={clsx(
          "absolute z-30 min-w-52 rounded-lg border border-line bg-surface p-1 shadow-overlay",
          side === "below" ? "top-full mt-1" : "bottom-full mb-1",
          align === "start" ? "left-0" : "right-0",
          panelClassName,
        )}
      >
        {isFilled && children}
      </div>
    </details>
  );
}

/** Listens until the returned function is called. */
function closeWhenDone(box: HTMLDetailsElement): () => void {
  const stop = new AbortController();
  const listening = { signal: stop.signal };
  const close = () => {
    box.open = false;
  };

  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      if (target instanceof Node && !box.contains(target)) close();
    },
    listening,
  );
  box.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !box.contains(relatedTarget)) close();
    },
    listening,
  );
  box.addEventListener(
    "click",
    ({ target }) => {
      if (target instanceof Element && target.closest("a, [data-close]")) close();
    },
    listening,
  );
  box.addEventListener(
    "keydown",
    ({ key }) => {
      if (key !== "Escape" || !box.open) return;
      close();
      box.querySelector("summary")?.focus();
    },
    listening,
  );
  return () => stop.abort();
}
