package hallows.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A program on the runtime, and all that it gets: it cannot take another's.
///
/// @param name what reports call it
/// @param cores where it runs
/// @param memoryBytes how much native memory it may use at most
/// @param classes the scheduling classes of its work, the usual one first
/// @param channels the mail between its shards
/// @param supervisor what happens when one of its components fails
/// @param components its parts by name; each exists once on each of its cores
public record Application(
        String name,
        Cores cores,
        long memoryBytes,
        List<SchedulingClass> classes,
        List<Channel<?>> channels,
        Supervisor supervisor,
        SequencedMap<String, ComponentFactory> components) {
    /// Makes it immutable and checks that it can run.
    public Application {
        classes = List.copyOf(classes);
        channels = List.copyOf(channels);
        components = new LinkedHashMap<>(components);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("application " + name + " has no scheduling class");
        }
        for (Channel<?> channel : channels) {
            if (!classes.contains(channel.runsIn())) {
                throw new IllegalArgumentException(
                        "application "
                                + name
                                + " has not declared the class of channel "
                                + channel.name());
            }
        }
    }

    /// An application on all cores, in the class `messaging`, without memory or mail of its own.
    public static Application named(String name) {
        return new Application(
                name,
                Cores.ALL,
                0,
                List.of(SchedulingClass.MESSAGING),
                List.of(),
                Supervisor.PATIENT,
                new LinkedHashMap<>());
    }

    /// The same on these cores.
    public Application on(Cores where) {
        return new Application(name, where, memoryBytes, classes, channels, supervisor, components);
    }

    /// The same with so much native memory.
    public Application memory(long bytes) {
        return new Application(name, cores, bytes, classes, channels, supervisor, components);
    }

    /// The same in these classes, the usual one first.
    public Application runningIn(SchedulingClass... kinds) {
        return new Application(
                name, cores, memoryBytes, List.of(kinds), channels, supervisor, components);
    }

    /// The same with mail of this kind too.
    public Application with(Channel<?> channel) {
        List<Channel<?>> more = new ArrayList<>(channels);
        more.add(channel);
        return new Application(name, cores, memoryBytes, classes, more, supervisor, components);
    }

    /// The same under this supervisor.
    public Application supervised(Supervisor by) {
        return new Application(name, cores, memoryBytes, classes, channels, by, components);
    }

    /// The same with this component too.
    public Application component(String called, ComponentFactory factory) {
        SequencedMap<String, ComponentFactory> more = new LinkedHashMap<>(components);
        if (more.put(called, factory) != null) {
            throw new IllegalArgumentException(
                    "application " + name + " has two components " + called);
        }
        return new Application(name, cores, memoryBytes, classes, channels, supervisor, more);
    }

    @Override
    public SequencedMap<String, ComponentFactory> components() {
        return new LinkedHashMap<>(components);
    }
}
