package hallows.cluster;

import hallows.model.PartitionId;
import hallows.model.TopicId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// All topics, by name and by id. The next picture shares what has not changed.
public final class Topics {
    /// None.
    public static final Topics NONE = new Topics(SharedTable.empty(), SharedTable.empty());

    private final SharedTable<TopicId, TopicImage> byId;
    private final SharedTable<String, TopicImage> byName;

    private Topics(SharedTable<TopicId, TopicImage> byId, SharedTable<String, TopicImage> byName) {
        this.byId = byId;
        this.byName = byName;
    }

    /// How many there are.
    public int size() {
        return byId.size();
    }

    /// The topic of that name.
    public Optional<TopicImage> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// The topic with that id.
    public Optional<TopicImage> withId(TopicId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// That partition.
    public Optional<PartitionImage> partition(PartitionId id) {
        TopicImage topic = byId.get(id.topic());
        return topic == null || id.partition() < 0 || id.partition() >= topic.partitions().size()
                ? Optional.empty()
                : Optional.of(topic.partitions().get(id.partition()));
    }

    /// All of them, in no order that means anything.
    public Stream<TopicImage> stream() {
        return byId.values();
    }

    /// These without `removed` and then with `put`; a name may go from one of the former to one of
    /// the latter.
    public Topics with(Collection<TopicImage> removed, Collection<TopicImage> put) {
        Set<TopicId> goneIds = new LinkedHashSet<>();
        Set<String> goneNames = new LinkedHashSet<>();
        removed.forEach(topic -> goneIds.add(topic.id()));
        removed.forEach(topic -> goneNames.add(topic.name()));
        Map<TopicId, TopicImage> ids = new LinkedHashMap<>();
        Map<String, TopicImage> names = new LinkedHashMap<>();
        put.forEach(topic -> ids.put(topic.id(), topic));
        put.forEach(topic -> names.put(topic.name(), topic));
        return new Topics(byId.with(goneIds, ids), byName.with(goneNames, names));
    }
}
