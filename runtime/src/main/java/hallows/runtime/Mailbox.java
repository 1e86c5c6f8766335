package hallows.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way from one shard to another for one kind of message, and back.
///
/// A fixed stock of messages circulates: stock, there, back, stock. It bounds what can be underway,
/// and because either ring holds the whole stock, sending and answering never wait.
final class Mailbox<M extends Message> {
    final Ring there;
    final Ring back;
    private final Message[] messages;

    private final int sender;
    private final int owner;

    // Sender only.
    private final Supplier<? extends M> maker;
    private final Stock stock;
    private int made;

    // Receiver only: one bit for each message taken and not yet sent home.
    private final Bits held;

    Mailbox(Channel<M> channel, int sender, int owner) {
        int capacity = channel.capacity();
        this.sender = sender;
        this.owner = owner;
        maker = channel.maker();
        there = new Ring(capacity);
        back = new Ring(capacity);
        messages = new Message[capacity];
        stock = new Stock(capacity);
        held = new Bits(capacity);
    }

    int sender() {
        return sender;
    }

    /// Whether the sender can claim one.
    boolean hasRoom() {
        return !stock.isEmpty() || made < messages.length;
    }

    /// A message out of the stock, made when it is needed for the first time; null when all are
    /// underway.
    @Nullable M claim() {
        if (stock.isEmpty() && made == messages.length) {
            return null;
        }
        M message = stock.isEmpty() ? make() : message(stock.remove());
        // What was heard has come home unseen.
        Check.that(message.place <= Message.Place.TOLD, "a message is in one place");
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
        stock.add(message.index);
    }

    /// The next one for the receiver.
    M take() {
        int index = there.take();
        held.set(index);
        return message(index);
    }

    /// The next one that came home for its sender to look at; null when the next one was told and
    /// heard: that one is in the stock again, and its bytes stay where they are, in the cache of
    /// whoever heard it.
    @Nullable M takeBack() {
        int number = back.take();
        if (number < 0) {
            stock.add(~number);
            return null;
        }
        return message(number);
    }

    /// Sends one home for its sender to look at. By the receiver, once for each taken.
    void sendHome(Message message) {
        letGo(message);
        back.put(message.index);
    }

    /// Sends home one that was told, and now is heard: what it carried belongs to who heard it.
    void heard(Message message) {
        letGo(message);
        back.put(~message.index);
    }

    private void letGo(Message message) {
        Check.that(held.get(message.index), "a message is answered once");
        held.clear(message.index);
    }

    /// Sends home, as failed, all that the receiver holds: it will not answer any more. Not what is
    /// told to it at this moment: that is read until it returns, and goes home then. Returns how
    /// many.
    int failHeld() {
        int failed = 0;
        for (int index = held.next(0); index >= 0; index = held.next(index + 1)) {
            M message = message(index);
            if (message.place == Message.Place.HELD) {
                fail(message);
                failed++;
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
            if (message != null) {
                message.discarded();
                restock(message);
            }
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
