package dev.ringpost.bench.process;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a JVM allocates and holds, exactly. It attaches to the JVM, which costs that a few MiB once and nothing after. */
final class JvmMemory implements AutoCloseable {
    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;

    private JvmMemory(JMXConnector connector, ThreadMXBean threads, MemoryMXBean memory) {
        this.connector = connector;
        this.threads = threads;
        this.memory = memory;
    }

    /** The address of a child process is no input of anybody's. */
    @SuppressWarnings("BanJNDI")
    static JvmMemory of(long pid) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                JMXConnector connector =
                        JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent()));
                MBeanServerConnection connection = connector.getMBeanServerConnection();
                return new JvmMemory(
                        connector,
                        ManagementFactory.newPlatformMXBeanProxy(
                                connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class),
                        ManagementFactory.newPlatformMXBeanProxy(
                                connection, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("Can't attach to the JVM " + pid, e);
        }
    }

    /** What is live in the heap: used after a full collection, which this makes. */
    long liveBytes() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Of all threads since the JVM started, those that ended included. */
    long allocatedBytes() {
        return threads.getTotalThreadAllocatedBytes();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
