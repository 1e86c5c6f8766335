package hallows.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The real program with a bug planted into its byte code, loaded beside the sound one. So
/// production code needs no seam for bugs, and what is found is a bug in the very code that ships.
///
/// What it runs is a class of the tests with a static method `run` that takes a seed: loaded by the
/// mutant, with everything it touches.
public final class Mutant extends ClassLoader {
    private final Bug bug;
    private final String trial;
    private final List<String> planted = new ArrayList<>();

    /// The program with one bug, to be run as a trial says.
    public Mutant(Bug bug, Class<?> trial) {
        super(trial.getClassLoader());
        this.bug = bug;
        this.trial = trial.getName();
    }

    /// One bug.
    ///
    /// @param victim the class it is planted into
    /// @param method the methods whose name matches this
    /// @param change what becomes of their code
    /// @param complaint what the check says that must catch it, as a pattern
    public record Bug(String victim, String method, CodeTransform change, String complaint) {
        /// Whether this is said of this bug and not of something else.
        public boolean isMeantBy(String said) {
            return Pattern.compile(complaint).matcher(said).find();
        }

        ClassTransform planted(List<String> where) {
            return ClassTransform.transformingMethodBodies(
                    model -> {
                        boolean hit = model.methodName().stringValue().matches(method);
                        if (hit) {
                            where.add(model.methodName().stringValue());
                        }
                        return hit;
                    },
                    change);
        }
    }

    /// Looks for a bug with the seeds from 0 on: what was said of it by the first that finds it,
    /// once its replay has said the same; empty when none of so many does.
    public static Optional<String> hunt(Bug bug, Class<?> trial, int seeds) {
        Mutant mutant = new Mutant(bug, trial);
        for (long seed = 0; seed < seeds; seed++) {
            String found = mutant.complaint(seed);
            if (bug.isMeantBy(found)) {
                String again = new Mutant(bug, trial).complaint(seed);
                if (!again.equals(found)) {
                    throw new IllegalStateException(
                            "seed %d said: %s; and then: %s".formatted(seed, found, again));
                }
                return Optional.of(
                        "found with seed " + seed + ": " + found.lines().findFirst().orElse(""));
            }
        }
        return Optional.empty();
    }

    /// What the simulation says of the bug with a seed; nothing when it finds nothing.
    public String complaint(long seed) {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        try {
            // On a virtual thread the simulation's jobs take turns with it cheaply.
            Thread.ofVirtual().start(() -> thrown.set(attempt(seed))).join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seed " + seed + " ran");
        }
        Throwable failure = thrown.get();
        if (planted.isEmpty()) {
            throw new IllegalStateException("nothing was planted: " + bug, failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LinkageError) {
                throw new IllegalStateException("badly planted: " + bug, failure);
            }
        }
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }

    private @Nullable Throwable attempt(long seed) {
        try {
            loadClass(trial).getDeclaredMethod("run", long.class).invoke(null, seed);
            return null;
        } catch (InvocationTargetException failure) {
            return failure.getCause();
        } catch (ReflectiveOperationException broken) {
            return new LinkageError("the mutant does not run", broken);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null || !name.startsWith("hallows.")) {
                return known != null ? known : super.loadClass(name, resolve);
            }
            byte[] bytes = bytes(name);
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte[] bytes(String name) throws ClassNotFoundException {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(resource)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] sound = in.readAllBytes();
            return name.equals(bug.victim) ? mutated(sound) : sound;
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private byte[] mutated(byte[] sound) {
        ClassHierarchyResolver classes = ClassHierarchyResolver.ofResourceParsing(getParent());
        ClassFile file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(classes));
        ClassModel model = file.parse(sound);
        byte[] mutated = file.transformClass(model, bug.planted(planted));
        // Written anew, too: else it would differ in what is no code.
        Bug none = new Bug(bug.victim, bug.method, CodeBuilder::with, bug.complaint);
        if (Arrays.equals(mutated, file.transformClass(model, none.planted(new ArrayList<>())))) {
            // The code has moved on: what the bug changes is not there any more.
            planted.clear();
        }
        return mutated;
    }
}
