// A Telegram for a page on this machine: it answers the Mini App, and lets its creator act as the person:
// `press.back()`, `press.main()`, `turn({...})` for another theme. `calls` lists what the app asked for.
function fakeTelegram({ initData, version = "9.1", colorScheme = "light", themeParams = {}, safeAreaInset, contentSafeAreaInset } = {}) {
  const fields = new URLSearchParams(initData);
  const listeners = {};
  const calls = [];
  const note = (name) => (...values) => void calls.push([name, ...values]);
  const button = () => {
    const taps = new Set();
    const self = {
      isVisible: false,
      text: "",
      onClick: (tap) => (taps.add(tap), self),
      offClick: (tap) => (taps.delete(tap), self),
      show: () => ((self.isVisible = true), self),
      hide: () => ((self.isVisible = false), self),
      setText: (text) => ((self.text = text), self),
      showProgress: () => self,
      hideProgress: () => self,
      press: () => self.isVisible && [...taps].forEach((tap) => tap()),
    };
    return self;
  };
  const app = {
    initData,
    initDataUnsafe: { user: JSON.parse(fields.get("user") ?? "{}"), start_param: fields.get("start_param") ?? undefined },
    version,
    platform: "sandbox",
    colorScheme,
    themeParams,
    safeAreaInset: safeAreaInset ?? { top: 0, right: 0, bottom: 0, left: 0 },
    contentSafeAreaInset: contentSafeAreaInset ?? { top: 0, right: 0, bottom: 0, left: 0 },
    isVersionAtLeast: (wanted) => {
      const [[a, b], [c, d]] = [version, wanted].map((one) => one.split(".").map(Number));
      return a > c || (a === c && b >= d);
    },
    onEvent: (event, work) => (listeners[event] ??= []).push(work),
    offEvent: (event, work) => (listeners[event] = (listeners[event] ?? []).filter((one) => one !== work)),
    BackButton: button(),
    MainButton: button(),
    HapticFeedback: {
      impactOccurred: note("impactOccurred"),
      notificationOccurred: note("notificationOccurred"),
      selectionChanged: note("selectionChanged"),
    },
    calls,
    turn: (changes, event = "themeChanged") => {
      Object.assign(app, changes);
      (listeners[event] ?? []).forEach((work) => work());
    },
    press: { back: () => app.BackButton.press(), main: () => app.MainButton.press() },
  };
  for (const name of ["ready", "expand", "close", "disableVerticalSwipes", "setHeaderColor", "setBackgroundColor",
    "setBottomBarColor", "enableClosingConfirmation", "disableClosingConfirmation"]) app[name] = note(name);
  return app;
}
