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

/// The fetch sessions of one shard, of which there is a limited number. A new one takes the slot of
/// one that nobody has used for long, or of a smaller one that is not new.
final class FetchSessions {
    private static final int OPENING = 0;
    private static final int CLOSING = -1;

    private final FrontOptions.Sessions limits;
    private final Clock clock;
    private final Dice dice;
    private final Map<Integer, FetchSession> sessions = new LinkedHashMap<>();

    FetchSessions(FrontOptions.Sessions limits, Clock clock, Dice dice) {
        this.limits = limits;
        this.clock = clock;
        this.dice = dice;
    }

    /// What a request is part of; `byId` when it names topics by their ids.
    FetchContext context(FetchCall call, boolean byId) {
        FetchCall.SessionRef ref = call.session();
        if (ref.epoch() == OPENING || ref.epoch() == CLOSING) {
            sessions.remove(ref.id());
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
        session.update(call);
        if (session.size() == 0) {
            sessions.remove(session.id());
            return new FetchContext.Alone(call.places());
        }
        return session.next(clock.nanos());
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
            if (!hasSlot(answers.size())) {
                return new Told(Errors.NONE, 0, answers);
            }
            FetchSession session = new FetchSession(newId(), byId, clock.nanos());
            for (FetchAnswer answer : answers) {
                Fetch.Position.Place place = places.get(answer.key());
                if (place != null) {
                    session.open(answer, place, topics.get(answer.key()));
                }
            }
            sessions.put(session.id(), session);
            return new Told(Errors.NONE, session.id(), answers);
        }
    }

    /// Whether there is a slot for so many partitions now, perhaps one that another has left.
    private boolean hasSlot(int partitions) {
        if (sessions.size() < limits.slots()) {
            return true;
        }
        Optional<FetchSession> leaving =
                sessions.values().stream()
                        .min(Comparator.comparingLong(this::restNanos))
                        .filter(session -> isPast(session.usedNanos()))
                        .or(() -> smallest().filter(session -> session.size() < partitions));
        leaving.ifPresent(session -> sessions.remove(session.id()));
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
