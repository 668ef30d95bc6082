/** The look of one line in a menu; apart from menu.tsx, since a server component needs the text itself. */
export const menuItemClass =
  "flex min-h-9 w-full items-center gap-2 rounded-md px-2.5 text-start text-sm hover:bg-sunken aria-[current]:font-medium max-md:min-h-11";
