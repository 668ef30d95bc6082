"use client";

import clsx from "clsx";
import { X } from "lucide";
import { createContext, type ReactNode, useContext, useId, useRef } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import { Icon } from "./icon";

const CloseDialog = createContext<() => void>(() => {});

/** Closes the dialog one stands in: for a form that is done. */
export function useCloseDialog(): () => void {
  return useContext(CloseDialog);
}

type DialogProps = {
  /** The button that opens it. */
  label: ReactNode;
  /** The button's name when its content is a picture. */
  name?: string;
  title: string;
  children: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Classes of the opening button. */
  className?: string;
  wide?: boolean;
};

/**
 * A button and the native <dialog> it opens: the browser holds the focus inside, closes on Escape and gives
 * the focus back. A <form method="dialog"> inside closes it without any script of its own.
 */
export function Dialog({
  label,
  name,
  title,
  children,
  variant,
  size,
  className,
  wide = false,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = () => dialog.current?.close();

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={name}
        className={clsx(buttonClass(variant, size), className)}
        onClick={() => dialog.current?.showModal()}
      >
        {label}
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        closedby="any"
        className={clsx(
          "w-[calc(100%-2rem)] rounded-lg border border-line bg-surface p-0 text-start font-normal whitespace-normal shadow-overlay",
          wide ? "max-w-2xl" : "max-w-md",
        )}
      >
        <div className="p-5">
          <div className="mb-3 flex items-start justify-between gap-4">
            <h2 id={titleId} className="text-lg">
              {title}
            </h2>
            <button
              type="button"
              aria-label="Close"
              onClick={close}
              className="touch -m-1 rounded-md p-1 text-muted hover:bg-sunken hover:text-ink"
            >
              <Icon of={X} className="size-5" />
            </button>
          </div>
          <CloseDialog value={close}>{children}</CloseDialog>
        </div>
      </dialog>
    </>
  );
}

/** Leaves the dialog and changes nothing. */
export function DialogCancel({ children = "Cancel" }: { children?: ReactNode }) {
  const close = useCloseDialog();
  return (
    <button type="button" className={buttonClass("secondary")} onClick={close}>
      {children}
    </button>
  );
}
