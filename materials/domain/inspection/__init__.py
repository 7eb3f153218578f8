"""Opens an untrusted file in a process of its own, with little memory and little time.

Run as `python -m materials.domain.inspection KIND PATH`; prints one line of JSON: what could be
read from the file, or {"refused": code, ...numbers}. Nothing here knows settings or the database,
so a file that breaks a library breaks this process and nothing else.
"""
