// What happens, as it happens. Events are only told while the stream is open, so state is asked for after each opening.

const RETRY_MS = 1000;

/** Calls onOpen() after every (re)connection, onEvent(event) for each event, onStatus(connected). */
export function listen({ onOpen, onEvent, onStatus }) {
  function connect() {
    const source = new EventSource("/sim/events");
    source.onopen = () => {
      onStatus(true);
      onOpen();
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
