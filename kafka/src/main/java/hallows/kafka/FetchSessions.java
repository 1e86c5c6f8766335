package hallows.kafka;

import hallows.broker.Fetch;
import hallows.runtime.Clock;
import hallows.runtime.Dice;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;

/// The fetch sessions of one shard, of which there is a limited number that take a limited part of
/// the heap. A new one takes the place of those that nobody has used for long, or of smaller ones
/// that are not new. Where there is none, a client fetches without a session.
final class FetchSessions {
    private static final int OPENING = 0;
    private static final int CLOSING = -1;

    private final FrontOptions.Sessions limits;
    private final Clock clock;
    private final Dice dice;
    private final Map<Integer, FetchSession> sessions = new LinkedHashMap<>();
    private long heldBytes;

    FetchSessions(FrontOptions.Sessions limits, Clock clock, Dice dice) {
        this.limits = limits;
        this.clock = clock;
        this.dice = dice;
    }

    /// What a request is part of; `byId` when it names topics by their ids.
    FetchContext context(FetchCall call, boolean byId) {
        FetchCall.SessionRef ref = call.session();
        if (ref.epoch() == OPENING || ref.epoch() == CLOSING) {
            remove(ref.id());
            return ref.epoch() == CLOSING
                    ? new FetchContext.Alone(call.places())
                    : new First(call.places(), byId);
        }
        FetchSession session = sessions.get(ref.id());
        if (session == null) {
            return new FetchContext.Wrong(Errors.FETCH_SESSION_ID_NOT_FOUND);
        }
        if (session.epoch() != ref.epoch()) {
            return new FetchContext.Wrong(Errors.INVALID_FETCH_SESSION_EPOCH);
        }
        if (session.isById() != byId) {
            return new FetchContext.Wrong(Errors.FETCH_SESSION_TOPIC_ID_ERROR);
        }
        return next(session, call);
    }

    private FetchContext next(FetchSession session, FetchCall call) {
        if (!hasRoom(session.missingBytes(call.places().keySet()), session.size())
                || !sessions.containsKey(session.id())) {
            remove(session.id());
            return new FetchContext.Wrong(Errors.FETCH_SESSION_ID_NOT_FOUND);
        }
        heldBytes -= session.heldBytes();
        session.update(call);
        heldBytes += session.heldBytes();
        if (session.size() == 0) {
            remove(session.id());
            return new FetchContext.Alone(call.places());
        }
        return session.next(clock.nanos());
    }

    private void remove(int id) {
        FetchSession removed = sessions.remove(id);
        heldBytes -= removed == null ? 0 : removed.heldBytes();
    }

    /// How many there are.
    int size() {
        return sessions.size();
    }

    /// The first request of a session.
    private final class First implements FetchContext {
        private final Map<PartitionRef, Fetch.Position.Place> places;
        private final boolean byId;
        private final Map<PartitionRef, String> topics = new HashMap<>();

        First(Map<PartitionRef, Fetch.Position.Place> places, boolean byId) {
            this.places = places;
            this.byId = byId;
        }

        @Override
        public Map<PartitionRef, Fetch.Position.Place> places() {
            return places;
        }

        @Override
        public void named(PartitionRef key, String topic) {
            topics.put(key, topic);
        }

        @Override
        public Told tell(List<FetchAnswer> answers) {
            FetchSession session = new FetchSession(newId(), byId, clock.nanos());
            if (!hasPlace(session.missingBytes(places.keySet()), places.size())) {
                return new Told(Errors.NONE, 0, answers);
            }
            for (FetchAnswer answer : answers) {
                Fetch.Position.Place place = places.get(answer.key());
                if (place != null) {
                    session.open(answer, place, topics.get(answer.key()));
                }
            }
            sessions.put(session.id(), session);
            heldBytes += session.heldBytes();
            return new Told(Errors.NONE, session.id(), answers);
        }
    }

    /// Whether there is a place for one of so many bytes now, perhaps one that another has left.
    private boolean hasPlace(long bytes, int partitions) {
        boolean mayFit = bytes <= limits.bytesMax();
        boolean hasSlot = mayFit && (sessions.size() < limits.slots() || makesRoom(partitions));
        return hasSlot && hasRoom(bytes, partitions);
    }

    /// Whether there is room for so many bytes of so many partitions, perhaps left by others.
    private boolean hasRoom(long bytes, int partitions) {
        boolean mayFit = bytes <= limits.bytesMax();
        while (mayFit && heldBytes + bytes > limits.bytesMax()) {
            mayFit = makesRoom(partitions);
        }
        return mayFit;
    }

    /// Ends a session for one of so many partitions; false when none has to leave.
    private boolean makesRoom(int partitions) {
        Optional<FetchSession> leaving =
                sessions.values().stream()
                        .min(Comparator.comparingLong(this::restNanos))
                        .filter(session -> isPast(session.usedNanos()))
                        .or(() -> smallest().filter(session -> session.size() < partitions));
        leaving.ifPresent(session -> remove(session.id()));
        return leaving.isPresent();
    }

    private long restNanos(FetchSession session) {
        return session.usedNanos() - clock.nanos();
    }

    private Optional<FetchSession> smallest() {
        return sessions.values().stream()
                .filter(session -> isPast(session.openedNanos()))
                .min(Comparator.comparingInt(FetchSession::size));
    }

    private boolean isPast(long nanos) {
        return clock.nanos() - nanos > TimeUnit.MILLISECONDS.toNanos(limits.restMillis());
    }

    /// Whoever guesses a number closes the session of another.
    private int newId() {
        int id;
        do {
            id = 1 + dice.below(Integer.MAX_VALUE - 1);
        } while (sessions.containsKey(id));
        return id;
    }
}
