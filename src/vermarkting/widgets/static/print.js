// On paper nothing can be unfolded: what is folded stands open while the page is printed. A list to choose a ground from
// stays shut: the chosen one stands above it, and every argument in full at the end.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open], .vm-grounds)")];
  for (const details of unfolded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
});
