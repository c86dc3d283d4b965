// What happens, as it happens. After a break everything is asked anew, because events may have been missed.

const RETRY_MS = 1500;

/** Calls onEvent(event) for each event, onResume() after every reconnection, onStatus(connected). */
export function listen({ onEvent, onResume, onStatus }) {
  let opened = false;

  function connect() {
    const source = new EventSource("/sim/events");
    source.onopen = () => {
      onStatus(true);
      if (opened) onResume();
      opened = true;
    };
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = () => {
      onStatus(false);
      // The browser gives up for good on an HTTP error, so the new attempt is ours.
      source.close();
      setTimeout(connect, RETRY_MS);
    };
  }

  connect();
}
