package hallows.runtime;

import java.util.ArrayList;
import java.util.List;

/// What applications have declared, checked against each other and against the host.
final class Declarations {
    private final HostOptions options;
    private final List<SchedulingClass> classes = new ArrayList<>();

    Declarations(HostOptions options, List<Application> applications) {
        this.options = options;
        // Unowned work runs in it, whoever is there.
        add("the host", SchedulingClass.BACKGROUND);
        for (int i = 0; i < applications.size(); i++) {
            Application one = applications.get(i);
            one.classes().forEach(kind -> add(one.name(), kind));
            checkCores(one);
            for (Application other : applications.subList(0, i)) {
                checkPair(one, other);
            }
        }
    }

    /// All classes, each once.
    List<SchedulingClass> classes() {
        return List.copyOf(classes);
    }

    private void add(String owner, SchedulingClass kind) {
        for (SchedulingClass known : classes) {
            if (known.name().equals(kind.name()) && !known.equals(kind)) {
                throw new IllegalArgumentException(
                        owner + " declares " + kind + ", others declare " + known + ": rename one");
            }
        }
        if (!classes.contains(kind)) {
            classes.add(kind);
        }
    }

    private void checkCores(Application application) {
        for (int shard : application.cores().shards()) {
            if (shard < 0 || shard >= options.shards()) {
                throw new IllegalArgumentException(
                        application.name() + " wants core " + shard + " of " + options.shards());
            }
        }
    }

    private void checkPair(Application one, Application other) {
        if (one.name().equals(other.name())) {
            throw new IllegalArgumentException("two applications are called " + one.name());
        }
        if (!one.cores().exclusive() && !other.cores().exclusive()) {
            return;
        }
        for (int shard = 0; shard < options.shards(); shard++) {
            if (one.cores().contains(shard) && other.cores().contains(shard)) {
                throw new IllegalArgumentException(
                        one.name()
                                + " and "
                                + other.name()
                                + " both want core "
                                + shard
                                + ", one of them alone: give them different cores");
            }
        }
    }
}
