package hallows.runtime;

import java.util.function.Supplier;

/// The way from one shard to another for one kind of message, and back.
///
/// A fixed stock of messages circulates: stock, there, back, stock. It bounds what can be underway,
/// and because either ring holds the whole stock, sending and answering never wait.
final class Mailbox<M extends Message> {
    final Ring there;
    final Ring back;
    private final Message[] messages;

    // Sender only.
    private final Supplier<? extends M> maker;
    private final int[] stock;
    private final int sender;
    private final int owner;
    private int inStock;
    private int made;

    // Receiver only: one bit for each message taken and not yet sent home.
    private final long[] held;

    Mailbox(Channel<M> channel, int sender, int owner) {
        int capacity = channel.capacity();
        this.sender = sender;
        this.owner = owner;
        maker = channel.maker();
        there = new Ring(capacity);
        back = new Ring(capacity);
        messages = new Message[capacity];
        stock = new int[capacity];
        held = new long[(capacity + 63) >>> 6];
    }

    int sender() {
        return sender;
    }

    /// Whether the sender can claim one.
    boolean hasRoom() {
        return inStock > 0 || made < messages.length;
    }

    /// A message out of the stock, made when it is needed for the first time.
    M claim() {
        M message = inStock > 0 ? message(stock[--inStock]) : make();
        Check.that(message.place == Message.Place.IN_STOCK, "a message is in one place");
        message.place = Message.Place.CLAIMED;
        return message;
    }

    private M make() {
        M message = maker.get();
        message.index = made;
        message.sender = sender;
        message.owner = owner;
        messages[made++] = message;
        return message;
    }

    /// Puts one on its way.
    void send(Message message, byte as) {
        Check.that(
                message.place == Message.Place.CLAIMED, "a message is claimed before it is sent");
        message.place = as;
        message.failed = false;
        there.put(message.index);
    }

    /// Puts one that came home, or was never sent, back into the stock.
    void restock(Message message) {
        message.place = Message.Place.IN_STOCK;
        stock[inStock++] = message.index;
    }

    /// The next one for the receiver.
    M take() {
        int index = there.take();
        held[index >>> 6] |= 1L << index;
        return message(index);
    }

    /// The next one that came home.
    M takeBack() {
        return message(back.take());
    }

    /// Sends one home. By the receiver, once for each taken.
    void sendHome(Message message) {
        int index = message.index;
        Check.that((held[index >>> 6] & 1L << index) != 0, "a message is answered once");
        held[index >>> 6] &= ~(1L << index);
        back.put(index);
    }

    /// Sends home, as failed, all that the receiver holds: it will not answer any more. Not what is
    /// told to it at this moment: that is read until it returns, and goes home then. Returns how
    /// many.
    int failHeld() {
        int failed = 0;
        for (int word = 0; word < held.length; word++) {
            for (long left = held[word]; left != 0; left &= left - 1) {
                M message = message((word << 6) + Long.numberOfTrailingZeros(left));
                if (message.place == Message.Place.HELD) {
                    fail(message);
                    failed++;
                }
            }
        }
        return failed;
    }

    /// Sends home, as failed, all that has come; returns how many.
    int bounce() {
        int bounced = 0;
        while (!there.isEmpty()) {
            fail(take());
            bounced++;
        }
        return bounced;
    }

    /// Puts back into the stock all that came home and nobody waits for; returns how many.
    int forget() {
        int forgotten = 0;
        while (!back.isEmpty()) {
            M message = takeBack();
            if (message.place != Message.Place.TOLD || message.failed) {
                // What was told and heard belongs to who heard it.
                message.discarded();
            }
            restock(message);
            forgotten++;
        }
        return forgotten;
    }

    /// Sends one home as failed.
    private void fail(Message message) {
        message.failed = true;
        sendHome(message);
    }

    @SuppressWarnings("unchecked") // only the maker fills the array
    private M message(int index) {
        return (M) messages[index];
    }
}
