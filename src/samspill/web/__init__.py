"""The web application: a Django project with one app for each workspace.

It holds persistence, permissions and pages, and calls the library for everything else. A change
to stored data goes through an action (``<app>/actions.py``), which records who, when, old and new;
who may do what stands in ``access``.
"""
