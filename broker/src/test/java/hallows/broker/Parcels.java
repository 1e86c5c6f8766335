package hallows.broker;

import hallows.runtime.Alarm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What producers of one door bring goes together, as from one client: one to four batches for as
/// many partitions. Those who want the same acknowledgements keep their order.
final class Parcels {
    private static final int PARTS_MAX = 4;

    private final Door door;
    private final Map<Append.Acks, Parcel> open = new EnumMap<>(Append.Acks.class);
    private final Alarm departure;
    private int sent;

    /// One that is not sent yet.
    private record Parcel(
            Append.Terms terms, int most, List<Append.Batch> batches, List<Runnable> told) {
        boolean takes(Append.Terms wanted, Append.Batch batch) {
            return terms.equals(wanted)
                    && batches.stream().noneMatch(one -> one.partition().equals(batch.partition()));
        }
    }

    Parcels(Door door) {
        this.door = door;
        this.departure = door.alarm(this::sendAll);
    }

    /// Brings a batch, now or soon; `then` runs when all that went with it is answered.
    void add(Append.Terms terms, Append.Batch batch, Runnable then) {
        Parcel parcel = open.get(terms.acks());
        if (parcel == null || !parcel.takes(terms, batch)) {
            send(terms.acks());
            parcel = new Parcel(terms, 1 + sent % PARTS_MAX, new ArrayList<>(), new ArrayList<>());
            open.put(terms.acks(), parcel);
        }
        parcel.batches.add(batch);
        parcel.told.add(then);
        if (parcel.batches.size() == parcel.most) {
            send(terms.acks());
        } else {
            departure.setAfterMillis(1);
        }
    }

    /// Sends what there is.
    void sendAll() {
        for (Append.Acks acks : Append.Acks.values()) {
            send(acks);
        }
    }

    private void send(Append.Acks acks) {
        Parcel parcel = open.remove(acks);
        if (parcel != null) {
            sent++;
            door.send(
                    new Append(
                            parcel.terms,
                            parcel.batches,
                            door.once(_ -> parcel.told.forEach(Runnable::run))));
        }
    }

    /// Nobody will send it.
    void discard() {
        open.values().forEach(parcel -> parcel.batches.forEach(Append.Batch::discard));
        open.clear();
    }
}
